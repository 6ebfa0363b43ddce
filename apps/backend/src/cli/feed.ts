import { loadEnv } from 'payload/node';

/*
 * Runs one of the feed's jobs by hand: `feed.ts flush | aggregate | rank`.
 * Ends with 0 when it is done, 1 when it failed, 2 when it was called wrongly, 3 when another process is at it.
 */

const exitCodes = { done: 0, failed: 1, usage: 2, busy: 3 } as const;

const jobs = {
  flush: async () => (await import('../collections/Feed/counters')).flushCountersToDaily(),
  aggregate: async () => (await import('../collections/Feed/workers/aggregateDaily')).aggregateDaily(),
  rank: async () => (await import('../collections/Feed/workers/rankSegments')).rankSegments(),
};

const isJob = (name: string | undefined): name is keyof typeof jobs => name !== undefined && Object.hasOwn(jobs, name);

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  because: ${describe(error.cause)}`;
  return `${error.message}${cause}`;
};

const main = async (name: string | undefined): Promise<number> => {
  if (!isJob(name)) {
    console.error(`Usage: feed <${Object.keys(jobs).join(' | ')}>`);
    return exitCodes.usage;
  }
  // The same .env files as the app reads, before anything parses the environment.
  loadEnv();
  const pool = (await import('../utils/postgres')).getPool();
  const startedAt = performance.now();
  try {
    const { ran, ...counts } = await jobs[name]();
    if (!ran) {
      console.error(`${name}: another process is at it; nothing was done.`);
      return exitCodes.busy;
    }
    console.log(`${name}: done in ${Math.round(performance.now() - startedAt)} ms`);
    for (const [what, count] of Object.entries(counts)) console.log(`  ${what.padEnd(16)}${count}`);
    return exitCodes.done;
  } catch (error) {
    console.error(`${name}: failed.\n${describe(error)}`);
    return exitCodes.failed;
  } finally {
    await pool.end();
  }
};

process.exitCode = await main(process.argv[2]);
