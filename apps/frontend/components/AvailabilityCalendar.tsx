import type { Availability } from '@convene/common/api';
import type { Locale } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { type CalendarDay, type CalendarMonth, monthCalendars } from '@/lib/format/monthCalendar';
import { currentLocale } from '@/lib/i18n/currentLocale';
import styles from './AvailabilityCalendar.module.css';
import { TakenTimes } from './TakenTimes';

/** What the backend tells of: half a year. */
const MONTHS = 6;
/** A Monday. */
const FIRST_WEEKDAY = Date.UTC(2024, 0, 1);

/** The next months of a location or service, with what is taken of each day. Scrolls sideways, without a script. */
export const AvailabilityCalendar = async ({ availability }: { availability: Availability }) => {
  const t = await getTranslations('calendar');
  const { taken, timeZone } = availability;
  const months = monthCalendars({ taken, timeZone, now: new Date(), months: MONTHS });
  return (
    <div className={styles.calendar}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.months} aria-label={t('months')} tabIndex={0}>
        {months.map((month) => (
          <Month key={month.month} {...month} />
        ))}
      </section>
      <ul className={styles.legend} aria-hidden="true">
        {(['free', 'partly', 'taken'] as const).map((state) => (
          <li key={state}>
            <span className={styles.sample} data-state={state} />
            {t(`states.${state}`)}
          </li>
        ))}
      </ul>
      <p className="hint">{t('zone', { zone: timeZone.replaceAll('_', ' ') })}</p>
      {taken.length > 0 ? (
        <details className={styles.list}>
          <summary>{t('list', { count: taken.length })}</summary>
          <TakenTimes availability={availability} />
        </details>
      ) : null}
    </div>
  );
};

const weekdays = (locale: Locale, weekday: 'short' | 'long'): string[] =>
  Array.from({ length: 7 }, (_, day) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday }).format(FIRST_WEEKDAY + day * 86_400_000),
  );

const Month = async ({ month, weeks }: CalendarMonth) => {
  const locale = await currentLocale();
  const name = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
  const long = weekdays(locale, 'long');
  return (
    <table className={styles.month}>
      <caption>{name}</caption>
      <thead>
        <tr>
          {weekdays(locale, 'short').map((weekday, at) => (
            <th key={weekday} scope="col" abbr={long[at]}>
              {weekday.replace('.', '').slice(0, 2)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, at) => (
          <tr key={`${month}-${at * 7}`}>
            {week.map((day, weekday) =>
              day ? <Day key={day.date} day={day} /> : <td key={`${month}-none-${at * 7 + weekday}`} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Day = async ({ day: { date, state, taken } }: { day: CalendarDay }) => {
  const t = await getTranslations('calendar');
  const times = taken.map(({ from, to }) => `${from}–${to}`).join(', ');
  const text = state === 'partly' ? t('partlyAt', { times }) : state === 'past' ? null : t(`states.${state}`);
  return (
    <td data-state={state} {...(state === 'partly' ? { title: t('partlyAt', { times }) } : {})}>
      <span className={styles.day}>{Number(date.slice(8))}</span>
      {text && state !== 'free' ? <span className="visuallyHidden">{text}</span> : null}
    </td>
  );
};
