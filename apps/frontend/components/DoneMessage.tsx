import styles from './DoneMessage.module.css';
import { SiteLink } from './SiteLink';

/** In the place of a form that is through: what becomes of it, and where to go from here. */
export const DoneMessage = ({
  title,
  text,
  action,
}: {
  title: string;
  text: string;
  action: { href: string; label: string };
}) => (
  <div className={styles.done}>
    <div className="notice noticeGood" role="status">
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
    <SiteLink href={action.href} className="button buttonQuiet">
      {action.label}
    </SiteLink>
  </div>
);
