import type { Availability } from '@convene/common/api';
import { dateTimeFormat } from '@convene/common/formatters';
import type { Locale } from '@convene/common/listings';
import { DAY_MS } from '@convene/common/time';
import { getTranslations } from 'next-intl/server';
import { type CalendarDay, type CalendarMonth, monthCalendars } from '@/lib/format/monthCalendar';
import { currentLocale } from '@/lib/i18n/currentLocale';
import styles from './AvailabilityCalendar.module.css';
import { TakenTimes } from './TakenTimes';

/** What the backend tells of: half a year. */
const MONTHS = 6;
/** A Monday. */
const FIRST_WEEKDAY = Date.UTC(2024, 0, 1);

type Translate = Awaited<ReturnType<typeof getTranslations<'calendar'>>>;
type Names = { weekdays: { short: string[]; long: string[] }; ofMonth: Intl.DateTimeFormat };

/** The next months of a location or service, with what is taken of each day. Scrolls sideways, without a script. */
export const AvailabilityCalendar = async ({ availability }: { availability: Availability }) => {
  const t = await getTranslations('calendar');
  const { taken, timeZone } = availability;
  const locale = await currentLocale();
  const names: Names = {
    weekdays: { short: weekdays(locale, 'short'), long: weekdays(locale, 'long') },
    ofMonth: dateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }),
  };
  const months = monthCalendars({ taken, timeZone, now: new Date(), months: MONTHS });
  return (
    <div className={styles.calendar}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.months} aria-label={t('months')} tabIndex={0}>
        {months.map((month) => (
          <Month key={month.month} month={month} names={names} t={t} />
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
    dateTimeFormat(locale, { timeZone: 'UTC', weekday }).format(FIRST_WEEKDAY + day * DAY_MS),
  );

/* What follows is drawn two hundred times a page, so it waits for nothing of its own. */

const Month = ({ month: { month, weeks }, names, t }: { month: CalendarMonth; names: Names; t: Translate }) => {
  const { short, long } = names.weekdays;
  return (
    <table className={styles.month}>
      <caption>{names.ofMonth.format(new Date(`${month}-01T00:00:00Z`))}</caption>
      <thead>
        <tr>
          {short.map((weekday, at) => (
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
              day ? <Day key={day.date} day={day} t={t} /> : <td key={`${month}-none-${at * 7 + weekday}`} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Day = ({ day: { date, state, taken }, t }: { day: CalendarDay; t: Translate }) => {
  const number = Number(date.slice(8));
  // Most days, and the page takes each element over one by one.
  if (state === 'past' || state === 'free') return <td data-state={state}>{number}</td>;
  const times = taken.map(({ from, to }) => `${from}–${to}`).join(', ');
  const text = state === 'partly' ? t('partlyAt', { times }) : t('states.taken');
  return (
    <td data-state={state} {...(state === 'partly' ? { title: text } : {})}>
      <span className={styles.day}>{number}</span>
      <span className="visuallyHidden">{text}</span>
    </td>
  );
};
