import { Link } from '@payloadcms/ui';
import { z } from 'zod';
import styles from './QuickFilters.module.css';

export const dayRanges = [30, 90, 365] as const;

/** How many UTC days up to today a page or a file tells of. */
export const daysSchema = z.coerce
  .number()
  .refine((days) => dayRanges.some((range) => range === days), 'must be 30, 90 or 365')
  .default(dayRanges[0]);

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
