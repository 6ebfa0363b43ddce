import type { TallyRow } from '@convene/local-stack/command-monitor';
import { markdownTable, number } from '../lib/table';
import { days, type Environment, type Level, levels, RECONNECTS_A_DAY, STARTS_A_DAY, targets } from './days';
import {
  type Component,
  components,
  type DayCost,
  dayCost,
  type Figures,
  grownDayCost,
  idleDayTotal,
  labOf,
  perEvent,
  totalOfDay,
} from './figures';
import type { Design } from './labs';
import { added, type Difference, readableSource, totalOf } from './tally';

const right = (title: string) => ({ title, align: 'right' as const });
const whole = (value: number): string => number(Math.round(value));
const designs = ['baseline', 'convene'] as const satisfies Design[];
const designNames = { baseline: "document's design", convene: 'Convene' } as const satisfies Record<Design, string>;

/** The founding document's own estimates for production, and the contract's measurement where it has one. */
const estimates = {
  idle: '35,000–50,000',
  counting: '1,500–15,000',
  upkeep: '–',
  notifications: '200–2,000',
  cache: '–',
  flush: '3–103',
} as const satisfies Record<Component, string>;

const titleOf = (component: Component, environment: Environment, level: Level): string => {
  const day = days[environment][level];
  return {
    idle: 'idle workers, two queues (measured idle × a day)',
    counting: `${number(day.increments)} increments and ${number(day.duplicateViews)} views again (each command sent)`,
    upkeep: `${STARTS_A_DAY} starts, ${RECONNECTS_A_DAY} reconnects, maintenance (each measured × its number)`,
    notifications: `${number(day.notifications)} notifications, one by one (sample × number)`,
    cache: `frontend cache, ${number(day.pageViews)} page views (each command sent)`,
    flush: `flush of ${number(day.counters)} among ${number(day.otherKeys)} other keys (each command sent)`,
  }[component];
};

const verdict = (value: number, target: number): string => (value <= target ? 'yes' : 'no');

/** A day by what its commands come from, both designs side by side. */
export const dayTable = (figures: Figures, environment: Environment, level: Level): string => {
  const costs = designs.map((design) => dayCost(figures, { design, environment, level }));
  const isTop = environment === 'production' && level === 'top';
  const cells = (cost: DayCost, component: Component): string[] => {
    const rows = cost[component];
    if (!rows) return ['–', '–'];
    const { client, insideScripts } = totalOf(rows);
    return [whole(client), whole(insideScripts)];
  };
  const targetCells = (component: Component): string[] => {
    if (!isTop) return [];
    const { client } = totalOf(costs[1]?.[component] ?? []);
    return [`≤ ${number(targets[component])}`, verdict(client, targets[component])];
  };
  const rows = components.map((component) => [
    titleOf(component, environment, level),
    ...(isTop ? [estimates[component]] : []),
    ...costs.flatMap((cost) => cells(cost, component)),
    ...targetCells(component),
  ]);
  const totals = costs.map(totalOfDay);
  const dayTarget = level === 'top' ? targets.topDay : targets.bottomDay;
  rows.push([
    '**the whole day**',
    ...(isTop ? ['37,000–67,000'] : []),
    ...totals.flatMap(({ client, insideScripts }) => [whole(client), whole(insideScripts)]),
    ...(isTop ? [`≤ ${number(dayTarget)}`, verdict(totals[1]?.client ?? Number.NaN, dayTarget)] : []),
  ]);
  return markdownTable(
    [
      { title: `${environment}, ${level} of the ranges` },
      ...(isTop ? [right('document estimates')] : []),
      ...designs.flatMap((design) => [right(designNames[design]), right('inside scripts')]),
      ...(isTop ? [right('to reach'), { title: 'reached' }] : []),
    ],
    rows,
  );
};

/** Whole days of all environments, and a day without visitors. */
export const totalsTable = (figures: Figures, environments: readonly Environment[]): string => {
  const cellsOf = (totals: { client: number; insideScripts: number }[]): string[] =>
    totals.flatMap(({ client, insideScripts }) => [whole(client), whole(insideScripts)]);
  const rows = environments.flatMap((environment) => [
    ...levels.map((level) => {
      const totals = designs.map((design) => totalOfDay(dayCost(figures, { design, environment, level })));
      const target = level === 'top' ? targets.topDay : targets.bottomDay;
      return [
        environment,
        `${level} of the ranges`,
        ...cellsOf(totals),
        `≤ ${number(target)}`,
        verdict(totals[1]?.client ?? Number.NaN, target),
      ];
    }),
    (() => {
      const totals = designs.map((design) => idleDayTotal(figures, design, environment));
      return [
        environment,
        'nobody comes',
        ...cellsOf(totals),
        `≤ ${number(targets.idle)}`,
        verdict(totals[1]?.client ?? Number.NaN, targets.idle),
      ];
    })(),
  ]);
  return markdownTable(
    [
      { title: 'environment' },
      { title: 'day' },
      ...designs.flatMap((design) => [right(designNames[design]), right('inside scripts')]),
      right('to reach'),
      { title: 'reached' },
    ],
    rows,
  );
};

/** The production day at the top with the queues in Postgres: what is left to Redis, calls inside scripts added. */
export const postgresDayTable = (figures: Figures): string => {
  const day = { environment: 'production', level: 'top' } as const;
  const cost = dayCost(figures, { design: 'convene', ...day, queues: 'postgres' });
  const line = (title: string, { client, insideScripts }: { client: number; insideScripts: number }): string[] => [
    title,
    whole(client),
    whole(insideScripts),
    whole(client + insideScripts),
  ];
  const total = totalOfDay(cost);
  const target = targets.topDayInsideScripts;
  return markdownTable(
    [
      { title: 'production, top of the ranges, queues in Postgres' },
      right('Convene'),
      right('inside scripts'),
      right('sum'),
      right('inside, to reach'),
      { title: 'reached' },
    ],
    [
      ...components.map((component) => [
        ...line(titleOf(component, day.environment, day.level), totalOf(cost[component] ?? [])),
        '',
        '',
      ]),
      [...line('**the whole day**', total), `≤ ${number(target)}`, verdict(total.insideScripts, target)],
    ],
  );
};

/** How a production day grows with its traffic. */
export const growthTable = (figures: Figures): string => {
  const factors = figures.played.growth.map(({ factor }) => factor);
  const cost = (design: Design, factor: number) => grownDayCost(figures, design, factor);
  const line = (title: string, figureOf: (day: DayCost) => number, design: Design): string[] => [
    designNames[design],
    title,
    ...factors.map((factor) => whole(figureOf(cost(design, factor)))),
  ];
  const clientOf = (component: Component) => (day: DayCost) => totalOf(day[component] ?? []).client;
  const grows = ['counting', 'cache', 'notifications'] as const;
  const names = {
    counting: 'increments and views again',
    cache: 'frontend cache',
    notifications: 'notifications, one by one',
  } as const;
  const rows = designs.flatMap((design) => [
    ...grows
      .filter((component) => design === 'convene' || component !== 'cache')
      .map((component) => line(names[component], clientOf(component), design)),
    line('the whole day', (day) => totalOfDay(day).client, design),
    line(
      'the whole day but notifications',
      (day) => totalOfDay(day).client - totalOf(day.notifications ?? []).client,
      design,
    ),
  ]);
  return markdownTable(
    [{ title: 'design' }, { title: 'client-issued commands' }, ...factors.map((factor) => right(`${factor} ×`))],
    rows,
  );
};

const counts = (rows: TallyRow[]): string[] => {
  const { client, insideScripts } = totalOf(rows);
  return [number(client), number(insideScripts)];
};

/** What single events cost. */
export const eventTable = (figures: Figures): string => {
  const labs = designs.map((design) => labOf(figures, design, 'production'));
  const sampled = (
    [
      ['a notification by itself', 'sparse'],
      ['a notification, two announced together', 'pair'],
      [`a notification, ${labs[0]?.burst.events ?? 0} announced together`, 'burst'],
    ] as const
  ).map(([title, sample]) => [title, ...labs.flatMap((lab) => counts(perEvent(lab, lab[sample])))]);
  const once = (
    [
      ['a start of backend and worker, with a first notification', 'start'],
      ['all their connections lost', 'reconnect'],
    ] as const
  ).map(([title, sample]) => [title, ...labs.flatMap((lab) => counts(perEvent(lab, lab[sample], 1)))]);
  const maintenance = counts(labs[1]?.maintenance.rows ?? []);
  return markdownTable(
    [
      { title: 'event, production' },
      ...designs.flatMap((design) => [right(designNames[design]), right('inside scripts')]),
    ],
    [
      ...figures.played.features.map(({ feature, ...cost }) => [
        feature,
        ...designs.flatMap((design) => counts(cost[design])),
      ]),
      ['a flush of nothing', ...designs.flatMap((design) => counts(figures.played.emptyFlush[design]))],
      ...sampled,
      ...once,
      ['a maintenance run', '–', '–', ...maintenance],
    ],
  );
};

/** The production day at the top by who sent what. */
export const sourceTable = (figures: Figures, design: Design): string => {
  const cost = dayCost(figures, { design, environment: 'production', level: 'top' });
  const named = added(...Object.values(cost).map((rows) => rows ?? [])).map((row) => ({
    ...row,
    source: readableSource(row.source),
  }));
  const rows = added(named)
    .filter(({ client, insideScripts }) => client >= 0.5 || insideScripts >= 0.5)
    .sort((a, b) => a.source.localeCompare(b.source) || b.client - a.client || b.insideScripts - a.insideScripts)
    .map(({ source, command, client, insideScripts }) => [source, command, whole(client), whole(insideScripts)]);
  return markdownTable(
    [{ title: `source, ${designNames[design]}` }, { title: 'command' }, right('client'), right('inside scripts')],
    rows,
  );
};

export const differenceTable = (differences: Difference[]): string =>
  markdownTable(
    [{ title: 'app' }, { title: 'command' }, right('its own count'), right("the server's")],
    differences.map(({ app, command, ownCount, serverCount }) => [app, command, number(ownCount), number(serverCount)]),
  );
