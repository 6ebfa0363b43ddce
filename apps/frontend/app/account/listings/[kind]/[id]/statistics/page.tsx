import { type ListingStatistics, statisticsDays, statisticsQuerySchema } from '@convene/common/api';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { AccountFrame } from '@/components/AccountFrame';
import { DailyChart } from '@/components/DailyChart';
import { OwnListingNav } from '@/components/OwnListingNav';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { getOwnListing, getStatistics } from '@/lib/backend/ownListings';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { type OwnListingParams, ownRefOf, readOwn } from '@/lib/session/ownPage';
import { changeOf, conversionsOf, countedMetrics } from '@/lib/statistics';
import styles from './statistics.module.css';

type Props = { params: OwnListingParams; searchParams: SearchParams };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('owner.statistics'))('title'),
  robots: { index: false },
});

/** How a listing does: day by day, against the days before, without script. */
const StatisticsPage = async ({ params, searchParams }: Props) => {
  const listing = await ownRefOf(params);
  const path = `/account/listings/${listing.kind}/${listing.id}/statistics`;
  const { days } = statisticsQuerySchema
    .catch({ days: 30 })
    .parse({ days: (await searchParam(searchParams, 'days')) || undefined });
  const found = await readOwn(path, async (token) => ({
    saved: await getOwnListing(token, listing),
    statistics: await getStatistics(token, listing, days),
  }));
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const { saved, statistics } = found.value;
  const t = await getTranslations('owner.statistics');
  return (
    <AccountFrame title={t('heading', { title: saved.listing.title })} lead={t('lead')}>
      <OwnListingNav listing={saved} current="statistics" />
      <div className={styles.head}>
        <nav aria-label={t('period')} className={styles.periods}>
          {statisticsDays.map((each) => (
            <SiteLink
              key={each}
              href={`${path}?days=${each}`}
              className="button buttonQuiet buttonSmall"
              {...(each === days ? { 'aria-current': 'page' as const } : {})}
            >
              {t('days', { days: each })}
            </SiteLink>
          ))}
        </nav>
        <a href={`${path}/csv?days=${days}`} download className="button buttonQuiet buttonSmall">
          {t('csv')}
        </a>
      </div>
      <p className="hint">{t('today')}</p>
      <Cards statistics={statistics} />
      <Rates statistics={statistics} />
      <Table statistics={statistics} />
    </AccountFrame>
  );
};

const Cards = async ({ statistics: { days, total, before } }: { statistics: ListingStatistics }) => {
  const t = await getTranslations('owner.statistics');
  const format = await getFormatter();
  const dayText = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  return (
    <div className={styles.cards}>
      {countedMetrics.map((metric) => {
        const change = changeOf(total[metric], before[metric]);
        return (
          <section key={metric} className={styles.card} aria-labelledby={`of-${metric}`} data-metric={metric}>
            <h2 id={`of-${metric}`}>{t(`metrics.${metric}`)}</h2>
            <p className={styles.total} data-total={total[metric]}>
              {format.number(total[metric])}
            </p>
            <p className="hint">
              {t('before', { count: before[metric], days: days.length })}
              {change === null
                ? ''
                : ` (${format.number(change, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 })})`}
            </p>
            <DailyChart
              days={days.map((day) => ({ day: day.day, value: day[metric] }))}
              label={t('chart', { metric: t(`metrics.${metric}`), first: dayText(first), last: dayText(last) })}
              titleOf={(day, value) => `${dayText(day)}: ${format.number(value)}`}
              first={dayText(first)}
              last={dayText(last)}
            />
          </section>
        );
      })}
    </div>
  );
};

const Rates = async ({ statistics: { total, before } }: { statistics: ListingStatistics }) => {
  const t = await getTranslations('owner.statistics');
  const format = await getFormatter();
  const [now, then] = [conversionsOf(total), conversionsOf(before)];
  const text = (rate: number | null) =>
    rate === null ? '–' : format.number(rate, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <dl className={styles.rates}>
      {(['opened', 'booked'] as const).map((rate) => (
        <div key={rate} className={styles.card}>
          <dt>{t(`rates.${rate}`)}</dt>
          <dd className={styles.total} data-rate={rate}>
            {text(now[rate])}
          </dd>
          <dd className="hint">{t('rateBefore', { rate: text(then[rate]) })}</dd>
        </div>
      ))}
    </dl>
  );
};

const Table = async ({ statistics: { days } }: { statistics: ListingStatistics }) => {
  const t = await getTranslations('owner.statistics');
  const format = await getFormatter();
  return (
    <details className={styles.table}>
      <summary className="button buttonQuiet buttonSmall">{t('table')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              {countedMetrics.map((metric) => (
                <th key={metric} scope="col">
                  {t(`metrics.${metric}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                {countedMetrics.map((metric) => (
                  <td key={metric}>{format.number(day[metric])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
};

export default StatisticsPage;
