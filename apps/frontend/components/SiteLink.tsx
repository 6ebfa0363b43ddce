import Link from 'next/link';
import type { ComponentProps } from 'react';
import { PendingMark } from './PendingMark';

/** A link within the site. Nothing is fetched ahead: pages are quick, and a prefetch would cost more than it saves. */
export const SiteLink = ({ children, ...props }: Omit<ComponentProps<typeof Link>, 'prefetch'>) => (
  <Link prefetch={false} {...props}>
    {children}
    <PendingMark />
  </Link>
);
