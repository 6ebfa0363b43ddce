import { Link } from '@payloadcms/ui';
import styles from './QuickFilters.module.css';
import { dayRanges } from './utcDays';

const labels: Record<(typeof dayRanges)[number], string> = { 30: '30 days', 90: '90 days', 365: 'A year' };

export const DaysPicker = ({ path, days }: { path: string; days: number }) => (
  <nav aria-label="How far back" className={styles['filters']}>
    {dayRanges.map((range) => (
      <Link
        aria-current={range === days ? 'page' : undefined}
        href={`${path}?days=${range}`}
        key={range}
        prefetch={false}
      >
        {labels[range]}
      </Link>
    ))}
  </nav>
);
