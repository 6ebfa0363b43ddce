import styles from './Avatar.module.css';

type Props = {
  name: string;
  url: string | null;
  /** Its size, shape and colours, as the place needs them. */
  className?: string | undefined;
};

/** Somebody's picture, or the first letter of their name; the name itself stands beside it. */
export const Avatar = ({ name, url, className = '' }: Props) =>
  url ? (
    <img src={url} alt="" width={320} height={320} className={`${className} ${styles.picture}`} decoding="async" />
  ) : (
    <span className={`${className} ${styles.letter}`} aria-hidden="true">
      {[...name][0]?.toUpperCase() ?? '?'}
    </span>
  );
