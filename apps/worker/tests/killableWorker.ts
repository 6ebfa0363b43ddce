import { pino } from 'pino';
import { parseWorkerEnv } from '../src/env';
import { startWorker } from '../src/startWorker';

/* A worker in a process of its own, with short times, for the test that kills it. */
await startWorker({
  env: parseWorkerEnv(process.env),
  logger: pino({ level: 'silent' }),
  overrides: { notifications: { concurrency: 1, lockDurationMs: 3_000 } },
});
process.stdout.write('started\n');
