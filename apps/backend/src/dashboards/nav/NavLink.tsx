'use client';

import { Link } from '@payloadcms/ui';
import { usePathname } from 'next/navigation';
import styles from './StaffLinks.module.css';

/** @param count what waits there */
export const NavLink = ({ href, label, count = 0 }: { href: string; label: string; count?: number }) => {
  const isCurrent = usePathname() === href;
  return (
    <Link aria-current={isCurrent ? 'page' : undefined} className={styles['link']} href={href} prefetch={false}>
      <span>{label}</span>
      {count > 0 ? <span className={styles['count']}>{count}</span> : null}
    </Link>
  );
};
