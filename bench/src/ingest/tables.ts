import { markdownTable, megabytes, milliseconds, number, quantile } from '../lib/table';
import type { ClosedLoop, Series } from './closedLoop';
import type { Balance, ServerName } from './lab';
import type { MemoryRun } from './memory';
import type { OpenLoop } from './openLoop';
import { eventsPerRequest, type Shape, shapes } from './requests';

const shapeTitles: Record<Shape, string> = {
  direct: 'one listing, from a browser',
  single: 'one event, forwarded',
  batch: '20 events at once, forwarded',
};
const serverTitles: Record<ServerName, string> = {
  bare: 'bare Next route: parses the JSON',
  backend: 'backend',
  collector: 'collector outside Next',
};

const median = (values: number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

const rateOf = ({ results }: Series): number => median(results.map(({ requests, seconds }) => requests / seconds));

const processorMsOf = ({ results }: Series): number => median(results.map(({ processorMs }) => processorMs));

const bareRate = (series: Series[], shape: Shape): number => {
  const bare = series.find((one) => one.server === 'bare' && one.shape === shape);
  return bare ? rateOf(bare) : Number.NaN;
};

const titleOf = ({ server, metric }: Series): string =>
  metric === null ? serverTitles[server] : `${serverTitles[server]}: ${metric === 'views' ? 'view' : 'impression'}`;

const statusesOf = (series: Series): string => {
  const others = series.results.flatMap(({ statuses }) =>
    Object.entries(statuses).filter(([status]) => status !== '200'),
  );
  return others.length === 0 ? 'none' : others.map(([status, times]) => `${times} × ${status}`).join(', ');
};

/** Each way of sending, with its share of the bare route's requests a second in the same rounds. */
export const closedLoopTables = ({ series }: ClosedLoop): string =>
  shapes
    .map((shape) => {
      const rows = series
        .filter((one) => one.shape === shape)
        .map((one) => [
          titleOf(one),
          number(Math.round(rateOf(one))),
          number(Math.round(rateOf(one) * eventsPerRequest[shape])),
          `${(rateOf(one) / bareRate(series, shape)).toFixed(2)} ×`,
          milliseconds(processorMsOf(one)),
          milliseconds(median(one.results.map(({ p50Ms }) => p50Ms))),
          milliseconds(median(one.results.map(({ p99Ms }) => p99Ms))),
          statusesOf(one),
        ]);
      const columns = ['requests/s', 'events/s', 'of the bare route', 'processor', 'p50', 'p99', 'refused'];
      return `**${shapeTitles[shape]}**\n\n${markdownTable(
        [{ title: 'what answers' }, ...columns.map((title) => ({ title, align: 'right' as const }))],
        rows,
      )}`;
    })
    .join('\n\n');

export const memoryTable = ({ readings }: MemoryRun): string =>
  markdownTable(
    ['events', 'heap used', 'outside the heap', 'resident'].map((title) => ({ title, align: 'right' as const })),
    readings.map(({ events, memory }) => [
      number(events),
      megabytes(memory.heapUsed),
      megabytes(memory.external),
      megabytes(memory.rss),
    ]),
  );

/** How much the heap grew between the two readings, in bytes. */
export const heapGrowthBytes = ({ readings }: MemoryRun): number =>
  (readings.at(-1)?.memory.heapUsed ?? Number.NaN) - (readings[0]?.memory.heapUsed ?? Number.NaN);

export const openLoopTable = ({ result, mostHeld, mostRssBytes, atStart, atEnd }: OpenLoop): string => {
  const accepted = result.statuses['200'] ?? 0;
  return markdownTable(
    [{ title: 'open loop' }, { title: '', align: 'right' }],
    [
      ['requests sent', number(result.requests)],
      ['accepted', number(accepted)],
      ['accepted a second', number(accepted / result.seconds)],
      ['answered by 503', number(result.statuses['503'] ?? 0)],
      ['without an answer', number(result.lost)],
      ['held at a time, at most (looked at each second)', number(mostHeld)],
      ['p50', milliseconds(result.p50Ms)],
      ['p99', milliseconds(result.p99Ms)],
      ['heap after collection, before and after', `${megabytes(atStart.heapUsed)} → ${megabytes(atEnd.heapUsed)}`],
      ['resident, at most', megabytes(mostRssBytes)],
    ],
  );
};

export const balanceTable = (runs: { run: string; balances: Balance[] }[]): string =>
  markdownTable(
    [
      { title: 'run' },
      { title: 'metric' },
      { title: 'acknowledged', align: 'right' },
      { title: 'in Redis', align: 'right' },
      { title: 'difference', align: 'right' },
    ],
    runs.flatMap(({ run, balances }) =>
      balances.map(({ metric, acknowledged, inRedis }) => [
        run,
        metric,
        number(acknowledged),
        number(inRedis),
        number(inRedis - acknowledged),
      ]),
    ),
  );
