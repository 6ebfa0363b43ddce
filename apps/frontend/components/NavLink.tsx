'use client';

import { usePathname } from 'next/navigation';
import type { ComponentProps } from 'react';
import { SiteLink } from './SiteLink';

/** A link that knows when the visitor is on its page, or below it. */
export const NavLink = ({
  href,
  exact = false,
  ...props
}: ComponentProps<typeof SiteLink> & { href: string; exact?: boolean }) => {
  const pathname = usePathname();
  const isHere = pathname === href;
  const isBelow = !exact && pathname.startsWith(`${href}/`);
  const current = isHere ? 'page' : isBelow ? 'true' : undefined;
  return <SiteLink href={href} {...(current ? { 'aria-current': current } : {})} {...props} />;
};
