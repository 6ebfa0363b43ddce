import { Link } from '@payloadcms/ui';
import styles from './StatCards.module.css';

export type Stat = {
  label: string;
  value: string | number;
  /** A line below the number: since when, of how many. */
  note?: string | undefined;
  href?: string | undefined;
  /** The one that is looked at. */
  isCurrent?: boolean;
  tone?: 'calm' | 'waiting' | 'late' | undefined;
};

/** Numbers in a row of cards; one with an address leads there. */
export const StatCards = ({ label, stats }: { label: string; stats: Stat[] }) => {
  const Frame = stats.some(({ href }) => href) ? 'nav' : 'section';
  return (
    <Frame aria-label={label} className={styles['cards']}>
      {stats.map((stat) => (
        <StatCard key={stat.label} {...stat} />
      ))}
    </Frame>
  );
};

const StatCard = ({ label, value, note, href, isCurrent = false, tone = 'calm' }: Stat) => {
  const content = (
    <>
      <span className={styles['label']}>{label}</span>
      <span className={styles['value']}>{value}</span>
      <span className={styles['note']}>{note ?? '\u00a0'}</span>
    </>
  );
  const className = [styles['card'], styles[tone]].join(' ');
  if (!href) return <div className={className}>{content}</div>;
  return (
    <Link aria-current={isCurrent ? 'page' : undefined} className={className} href={href} prefetch={false}>
      {content}
    </Link>
  );
};
