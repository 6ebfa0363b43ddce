import type { ServerProps } from 'payload';
import { isStaff } from '../../access/isStaff';
import { countWaiting } from '../moderation/waiting';
import { staffViews } from '../staffViews';
import { NavLink } from './NavLink';
import styles from './StaffLinks.module.css';

/** Our own pages, above the collections; staff alone see them. */
export const StaffLinks = async ({ user }: ServerProps) => {
  if (!isStaff(user)) return null;
  const { total } = await countWaiting();
  return (
    <ul className={styles['links']}>
      {staffViews.map(({ path, label }) => (
        <li key={path}>
          <NavLink href={`/admin${path}`} label={label} {...(path === '/moderation' ? { count: total } : {})} />
        </li>
      ))}
    </ul>
  );
};
