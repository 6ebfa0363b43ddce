import { barsOf } from '@/lib/statistics';
import styles from './DailyChart.module.css';

const BOX = { width: 600, height: 120 };

/** What was counted day by day, drawn on the server. Each bar tells its day when pointed at; the table has it all. */
export const DailyChart = ({
  days,
  label,
  titleOf,
  first,
  last,
}: {
  days: { day: string; value: number }[];
  label: string;
  titleOf: (day: string, value: number) => string;
  first: string;
  last: string;
}) => {
  const most = Math.max(0, ...days.map(({ value }) => value));
  return (
    <figure className={styles.chart}>
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {barsOf(days, BOX).map(({ day, value, x, width, height }) => (
          <g key={day}>
            {/* As high as the box, so that a low day can be pointed at. */}
            <rect x={x} y={0} width={width} height={BOX.height} className={styles.ground}>
              <title>{titleOf(day, value)}</title>
            </rect>
            <rect x={x} y={BOX.height - height} width={width} height={height} className={styles.bar}>
              <title>{titleOf(day, value)}</title>
            </rect>
          </g>
        ))}
      </svg>
      <figcaption className={styles.axis}>
        <span>{first}</span>
        <span aria-hidden="true">max. {most}</span>
        <span>{last}</span>
      </figcaption>
    </figure>
  );
};
