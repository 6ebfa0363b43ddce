/** The environments that the founding document tells apart. */
export const environments = ['production', 'staging', 'development'] as const;
export type Environment = (typeof environments)[number];

export const levels = ['top', 'bottom'] as const;
/** The ends of the founding document's ranges. */
export type Level = (typeof levels)[number];

export type Day = {
  /** Of counters: views that count, impressions, favourites, bookings. */
  increments: number;
  /** Of the increments. */
  views: number;
  /** Views beside them that were counted already. */
  duplicateViews: number;
  notifications: number;
  pageViews: number;
  /** What the nightly flush finds: counters, and keys that are none. */
  counters: number;
  otherKeys: number;
};

/**
 * Increments and views are the document's; the production day's duplicates, notifications, page views and flush the
 * contract's. Elsewhere duplicates keep their share of the views, and a notification is two of the document's
 * enqueuing commands.
 */
export const days = {
  production: {
    top: {
      increments: 10_000,
      views: 5_000,
      duplicateViews: 2_000,
      notifications: 1_000,
      pageViews: 8_000,
      counters: 10_000,
      otherKeys: 55_000,
    },
    bottom: {
      increments: 1_000,
      views: 500,
      duplicateViews: 200,
      notifications: 100,
      pageViews: 800,
      counters: 100,
      otherKeys: 550,
    },
  },
  staging: {
    top: {
      increments: 5_000,
      views: 2_000,
      duplicateViews: 800,
      notifications: 500,
      pageViews: 4_000,
      counters: 5_000,
      otherKeys: 27_500,
    },
    bottom: {
      increments: 500,
      views: 200,
      duplicateViews: 80,
      notifications: 50,
      pageViews: 400,
      counters: 100,
      otherKeys: 550,
    },
  },
  development: {
    top: {
      increments: 500,
      views: 200,
      duplicateViews: 80,
      notifications: 100,
      pageViews: 400,
      counters: 500,
      otherKeys: 2_750,
    },
    bottom: {
      increments: 50,
      views: 20,
      duplicateViews: 8,
      notifications: 10,
      pageViews: 40,
      counters: 50,
      otherKeys: 275,
    },
  },
} as const satisfies Record<Environment, Record<Level, Day>>;

/** A day with `factor` times the visitors; the flush stays as it is, its cost is shown by itself. */
export const grown = (day: Day, factor: number): Day => ({
  ...day,
  increments: day.increments * factor,
  views: day.views * factor,
  duplicateViews: day.duplicateViews * factor,
  notifications: day.notifications * factor,
  pageViews: day.pageViews * factor,
});

/** How often a day each process is started, by releases, and loses its connections, by idle time-outs. */
export const STARTS_A_DAY = 4;
export const RECONNECTS_A_DAY = 12;

/** The contract's table for the production day at the top: client-issued commands. */
export const targets = {
  idle: 600,
  counting: 4_000,
  upkeep: 400,
  notifications: 4_500,
  cache: 450,
  flush: 8,
  topDay: 10_000,
  bottomDay: 3_000,
  /** Calls inside scripts, with the queues in Postgres. */
  topDayInsideScripts: 25_000,
} as const;
