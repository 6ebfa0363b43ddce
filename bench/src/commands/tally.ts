import type { TallyRow } from '@convene/local-stack/command-monitor';

export type Counts = { client: number; insideScripts: number };

const keyOf = ({ source, command }: TallyRow): string => `${source}\n${command}`;

const combined = (rows: TallyRow[]): TallyRow[] => {
  const sums = new Map<string, TallyRow>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? { ...row, client: 0, insideScripts: 0 };
    sum.client += row.client;
    sum.insideScripts += row.insideScripts;
    sums.set(keyOf(row), sum);
  }
  return [...sums.values()];
};

export const scaled = (rows: TallyRow[], factor: number): TallyRow[] =>
  rows.map((row) => ({ ...row, client: row.client * factor, insideScripts: row.insideScripts * factor }));

/** The sums of several tallies, by source and command. */
export const added = (...tallies: TallyRow[][]): TallyRow[] => combined(tallies.flat());

/** What is in `rows` beyond `taken`, by source and command; never less than nothing. */
export const without = (rows: TallyRow[], taken: TallyRow[]): TallyRow[] =>
  combined([...rows, ...scaled(taken, -1)])
    .map((row) => ({ ...row, client: Math.max(0, row.client), insideScripts: Math.max(0, row.insideScripts) }))
    .filter(({ client, insideScripts }) => client > 0 || insideScripts > 0);

export const totalOf = (rows: TallyRow[]): Counts =>
  rows.reduce(
    (sum, row) => ({
      client: sum.client + row.client,
      insideScripts: sum.insideScripts + row.insideScripts,
    }),
    { client: 0, insideScripts: 0 },
  );

export const ofSources = (rows: TallyRow[], isWanted: (source: string) => boolean): TallyRow[] =>
  rows.filter(({ source }) => isWanted(source));

/** BullMQ names its connections `bull:{queue in base64}`, with `:w` and the like behind it. */
export const readableSource = (source: string): string => {
  const queue = /^bull:([A-Za-z0-9+/=]+)(?::.*)?$/.exec(source)?.[1];
  return queue === undefined ? source : `worker, waiting (${Buffer.from(queue, 'base64').toString()})`;
};

export type Difference = { app: string; command: string; ownCount: number; serverCount: number };

/** Where an app's own count of its commands is not what the server saw of it. */
export const differencesOf = (app: string, ownCounts: Record<string, number>, seen: TallyRow[]): Difference[] => {
  const serverCounts = new Map<string, number>();
  for (const { command, client } of seen) serverCounts.set(command, (serverCounts.get(command) ?? 0) + client);
  const commands = new Set([...Object.keys(ownCounts), ...serverCounts.keys()]);
  return [...commands]
    .map((command) => ({
      app,
      command,
      ownCount: ownCounts[command] ?? 0,
      serverCount: serverCounts.get(command) ?? 0,
    }))
    .filter(({ ownCount, serverCount }) => ownCount !== serverCount)
    .sort((a, b) => a.command.localeCompare(b.command));
};

/** The counts by command that an app exports for Prometheus. */
export const commandCountsOf = (scrape: string, app: string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const [, labels = '', value = ''] of scrape.matchAll(/^convene_redis_commands_total\{([^}]*)\} (\S+)$/gm)) {
    const label = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1];
    const command = label('command');
    if (label('app') === app && command !== undefined) counts[command] = (counts[command] ?? 0) + Number(value);
  }
  return counts;
};
