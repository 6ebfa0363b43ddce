import { Avatar } from './Avatar';
import styles from './Avatar.module.css';

/** Beside a line of text. */
export const SmallAvatar = ({ name, url }: { name: string; url: string | null }) => (
  <Avatar name={name} url={url} className={styles.small} />
);
