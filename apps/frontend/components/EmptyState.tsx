import styles from './EmptyState.module.css';
import { SiteLink } from './SiteLink';

/** In the place of a list that is empty: why, and what to do. */
export const EmptyState = ({
  title,
  text,
  action,
}: {
  title: string;
  text?: string;
  action?: { href: string; label: string };
}) => (
  <div className={styles.empty}>
    <h2>{title}</h2>
    {text ? <p>{text}</p> : null}
    {action ? (
      <SiteLink href={action.href} className="button buttonQuiet">
        {action.label}
      </SiteLink>
    ) : null}
  </div>
);
