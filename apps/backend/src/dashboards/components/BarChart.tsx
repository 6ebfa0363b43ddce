import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import styles from './BarChart.module.css';
import { DataTable } from './DataTable';
import { type Bar, joinWeeks } from './joinWeeks';

export type Series = { key: string; label: string; tone: 1 | 2 | 3 | 4 | 'good' | 'bad' };

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

const WIDTH = 1_000;
const HEIGHT = 100;
/** More bars than this are neither seen nor quickly drawn. */
const MAX_DAYS = 120;

const countOf = (bar: Bar, key: string): number => bar.values[key] ?? 0;
const totalOf = (bar: Bar, series: Series[]): number => series.reduce((sum, { key }) => sum + countOf(bar, key), 0);

/** First, middle and last: more would run into each other on a phone. */
const shownLabels = (bars: Bar[]): string[] =>
  [...new Set([0, Math.floor((bars.length - 1) / 2), bars.length - 1])].map((index) => bars[index]?.label ?? '');

/**
 * Stacked bars, drawn on the server: no script, in the admin's theme, as wide as there is room. Hovering names the
 * numbers; the same numbers are a table below, for whoever does not see the picture.
 *
 * @param summary what the picture shows, in a sentence
 * @param days one bar each, or one for each week where there are many
 * @param limit a line across, which bars should stay below
 */
export const BarChart = ({
  title,
  summary,
  series,
  days,
  limit,
}: {
  title: string;
  summary: string;
  series: Series[];
  days: Bar[];
  limit?: { value: number; label: string };
}) => {
  const isByWeek = days.length > MAX_DAYS;
  const bars = isByWeek ? joinWeeks(days) : days;
  const highest = Math.max(1, limit?.value ?? 0, ...bars.map((bar) => totalOf(bar, series)));
  const y = scaleLinear().domain([0, highest]).nice(4).range([HEIGHT, 0]);
  const x = scaleBand<number>()
    .domain(bars.map((_, index) => index))
    .range([0, WIDTH])
    .paddingInner(0.2);
  const stacked = stack<Bar, Series>()
    .keys(series)
    .value((bar, { key }) => countOf(bar, key))(bars);
  const ticks = y.ticks(4).filter(Number.isInteger);
  return (
    <figure className={styles['chart']}>
      <figcaption>
        <strong>{isByWeek ? `${title}, by week` : title}</strong>
        <span className={styles['summary']}>{summary}</span>
      </figcaption>
      {series.length > 1 ? (
        <ul className={styles['legend']}>
          {series.map(({ key, label, tone }) => (
            <li className={styles[`tone-${tone}`]} key={key}>
              {label}
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles['plot']}>
        <div aria-hidden="true" className={styles['ticks']}>
          {ticks.map((tick) => (
            <span key={tick} style={{ insetBlockStart: `${y(tick)}%` }}>
              {compact.format(tick)}
            </span>
          ))}
        </div>
        <svg
          aria-label={`${title}. ${summary}`}
          preserveAspectRatio="none"
          role="img"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        >
          {ticks.map((tick) => (
            <line className={styles['grid']} key={tick} x1={0} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
          ))}
          {stacked.map((layer) => (
            <g className={styles[`tone-${layer.key.tone}`]} key={layer.key.key}>
              {layer.map(([from, to], index) =>
                to > from ? (
                  <rect height={y(from) - y(to)} key={index} width={x.bandwidth()} x={x(index)} y={y(to)}>
                    <title>{`${bars[index]?.label ?? ''}, ${layer.key.label}: ${number.format(to - from)}`}</title>
                  </rect>
                ) : null,
              )}
            </g>
          ))}
          {limit ? (
            <line className={styles['limit']} x1={0} x2={WIDTH} y1={y(limit.value)} y2={y(limit.value)} />
          ) : null}
        </svg>
        <div aria-hidden="true" className={styles['labels']}>
          {shownLabels(bars).map((label) => (
            <span key={label}>{label}</span>
          ))}
        </div>
      </div>
      {limit ? <p className={styles['limitNote']}>{limit.label}</p> : null}
      <details className={styles['numbers']}>
        <summary>The numbers</summary>
        <DataTable
          caption={title}
          columns={[
            { heading: isByWeek ? 'Week from' : 'Day', cell: ({ label }: Bar) => label },
            ...series.map(({ key, label }) => ({
              heading: label,
              cell: (bar: Bar) => number.format(countOf(bar, key)),
              isNumber: true,
            })),
          ]}
          empty="There are none yet."
          keyOf={({ label }) => label}
          rows={bars.toReversed()}
        />
      </details>
    </figure>
  );
};
