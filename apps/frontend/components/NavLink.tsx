'use client';

import { usePathname } from 'next/navigation';
import { type ComponentProps, useEffect, useRef } from 'react';
import { SiteLink } from './SiteLink';

/** A link that knows when the visitor is on its page, or below it; in a row that scrolls sideways it comes into view. */
export const NavLink = ({
  href,
  exact = false,
  ...props
}: ComponentProps<typeof SiteLink> & { href: string; exact?: boolean }) => {
  const pathname = usePathname();
  const isHere = pathname === href;
  const isBelow = !exact && pathname.startsWith(`${href}/`);
  const current = isHere ? 'page' : isBelow ? 'true' : undefined;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const row = link.current?.parentElement;
    if (!current || !link.current || !row || row.scrollWidth <= row.clientWidth) return;
    row.scrollLeft = link.current.offsetLeft - row.offsetLeft - (row.clientWidth - link.current.offsetWidth) / 2;
  }, [current]);
  return <SiteLink ref={link} href={href} {...(current ? { 'aria-current': current } : {})} {...props} />;
};
