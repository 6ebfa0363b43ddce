import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { aggregateDaily } from '../collections/Feed/workers/aggregateDaily';
import { rankSegments } from '../collections/Feed/workers/rankSegments';
import { env } from '../env';
import { DEMO_PASSWORD, demoUsers } from '../seed/demoUsers';
import { seedDemo } from '../seed/seedDemo';
import { seedMarket } from '../seed/seedMarket';
import { seedMetrics } from '../seed/seedMetrics';
import { migrateQueues } from '../utils/migrateQueues';
import { getBackend } from '../utils/payload';
import { getPool } from '../utils/postgres';

/*
 * Makes a developer's database ready: migrates it, and fills it with the demo where it is empty.
 *
 *   pnpm --filter @convene/backend prepare-database [--no-seed]
 */

const say = (message: string): void => console.log(`  · ${message}`);

const seed = async (): Promise<void> => {
  const payload = await getBackend();
  const { totalDocs } = await payload.count({ collection: 'users' });
  if (totalDocs > 0) {
    say('the database has its data already');
    return;
  }
  const now = new Date();
  await seedDemo(payload, { now, report: say });
  const market = await seedMarket(getPool(), now);
  say(
    Object.entries(market)
      .map(([what, count]) => `${count} ${what}`)
      .join(', '),
  );
  say(`${await seedMetrics(getPool(), now)} days of metrics`);
  await aggregateDaily({ pool: getPool(), now });
  await rankSegments({ pool: getPool(), now });
  say('aggregated and ranked');
};

/** What `pnpm dev` prints: one login of each role. */
const writeLogins = async (): Promise<void> => {
  const logins = demoUsers
    .slice(0, 6)
    .map(({ email, roles }) => ({ role: roles.at(-1) ?? 'client', email, password: DEMO_PASSWORD }));
  const file = path.resolve(env.CONVENE_DATA_DIR, 'demo-logins.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(logins, null, 2)}\n`);
};

const payload = await getBackend();
say('migrating');
await payload.db.migrate();
await migrateQueues(getPool());
if (!process.argv.includes('--no-seed')) {
  await seed();
  await writeLogins();
}
await payload.destroy();
await getPool().end();
process.exit(0);
