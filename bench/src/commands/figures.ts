import type { TallyRow } from '@convene/local-stack/command-monitor';
import { days, type Environment, grown, type Level, RECONNECTS_A_DAY, STARTS_A_DAY } from './days';
import type { LabFigures, Sample } from './lab';
import type { Design, LabResult, Queues } from './labs';
import type { PlayedFigures } from './playedDays';
import { added, type Counts, scaled, totalOf, without } from './tally';

const DAY_SECONDS = 86_400;

/** What a day's commands come from, as the contract's table names it. */
export const components = ['idle', 'counting', 'upkeep', 'notifications', 'cache', 'flush'] as const;
export type Component = (typeof components)[number];

/** A day's commands by what they come from; null where the design knows no such thing. */
export type DayCost = Record<Component, TallyRow[] | null>;

/** What the idle workers send during `seconds`. */
const idleDuring = ({ idle }: LabFigures, seconds: number): TallyRow[] => scaled(idle.rows, seconds / idle.seconds);

/**
 * What one event of a sample costs, without what idle workers would have sent meanwhile anyway: of the two, the one
 * that had no jobs.
 */
export const perEvent = (figures: LabFigures, sample: Sample, idleWorkers = 0.5): TallyRow[] =>
  scaled(without(sample.rows, scaled(idleDuring(figures, sample.seconds), idleWorkers)), 1 / sample.events);

export const idleDay = (figures: LabFigures): TallyRow[] => idleDuring(figures, DAY_SECONDS);

/** Starts, lost connections and maintenance runs of a day. */
const upkeep = (figures: LabFigures, maintenanceRunsADay: number): TallyRow[] =>
  added(
    scaled(perEvent(figures, figures.start, 1), STARTS_A_DAY),
    scaled(perEvent(figures, figures.reconnect, 1), RECONNECTS_A_DAY),
    scaled(figures.maintenance.rows, maintenanceRunsADay),
  );

export type Figures = {
  played: PlayedFigures;
  labs: LabResult[];
  maintenanceRunsADay: number;
};

export const labOf = (
  { labs }: Figures,
  design: Design,
  environment: Environment,
  queues: Queues = 'redis',
): LabFigures => {
  const lab = labs.find((each) => each.design === design && each.environment === environment && each.queues === queues);
  if (!lab) throw new Error(`${design} was not measured in ${environment}`);
  return lab.figures;
};

/** A whole day of a design: what was played, and what was measured times its number. */
export const dayCost = (
  figures: Figures,
  {
    design,
    environment,
    level,
    queues = 'redis',
  }: { design: Design; environment: Environment; level: Level; queues?: Queues },
): DayCost => {
  const lab = labOf(figures, design, environment, queues);
  const day = figures.played.days.find((each) => each.environment === environment && each.level === level);
  if (!day) throw new Error(`no day was played at the ${level} of ${environment}`);
  const { notifications } = days[environment][level];
  return {
    idle: idleDay(lab),
    counting: day[design].counting,
    upkeep: upkeep(lab, design === 'convene' ? figures.maintenanceRunsADay : 0),
    notifications: scaled(perEvent(lab, lab.sparse), notifications),
    cache: design === 'convene' ? day.convene.cache : null,
    flush: day[design].flush,
  };
};

/** A production day at the top with `factor` times the traffic. */
export const grownDayCost = (figures: Figures, design: Design, factor: number): DayCost => {
  const once = dayCost(figures, { design, environment: 'production', level: 'top' });
  const lab = labOf(figures, design, 'production');
  const growth = figures.played.growth.find((each) => each.factor === factor);
  if (!growth) throw new Error(`no day was played at ${factor} times the traffic`);
  const { notifications } = grown(days.production.top, factor);
  return {
    ...once,
    counting: design === 'convene' ? growth.counting : scaled(once.counting ?? [], factor),
    cache: design === 'convene' ? growth.cache : null,
    notifications: scaled(perEvent(lab, lab.sparse), notifications),
  };
};

export const totalOfDay = (cost: DayCost): Counts => totalOf(added(...Object.values(cost).map((rows) => rows ?? [])));

/** A day without a visitor: the idle workers and a flush that finds nothing. */
export const idleDayTotal = (figures: Figures, design: Design, environment: Environment): Counts =>
  totalOf(added(idleDay(labOf(figures, design, environment)), figures.played.emptyFlush[design]));
