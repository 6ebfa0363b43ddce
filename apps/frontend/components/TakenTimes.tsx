import type { Availability } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { formatEventTimes } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import styles from './TakenTimes.module.css';

const SHOWN_TIMES = 12;

/** The times of a location or service that can't be had any more, the soonest first. */
export const TakenTimes = async ({ availability: { taken, timeZone } }: { availability: Availability }) => {
  if (taken.length === 0) return null;
  const t = await getTranslations('book');
  const locale = await currentLocale();
  return (
    <section className={styles.taken} aria-labelledby="taken">
      <h2 id="taken">{t('taken')}</h2>
      <ul>
        {taken.slice(0, SHOWN_TIMES).map((times) => {
          const { date, time } = formatEventTimes({ ...times, timeZone }, locale);
          return (
            <li key={times.startsAt}>
              {date}, {time}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
