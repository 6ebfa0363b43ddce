import { z } from 'zod';
import { appFunction, importApp, talk } from './childSide';

/* The backend's background work in a process of its own: schedulers, counter outbox, relay, the queue's connection. */

type Counter = { totals: () => Record<string, number> };

const { startProcess } = await importApp(
  'backend/src/process.ts',
  z.object({ startProcess: appFunction<() => void>() }),
);
const { getRedisCommandCounter } = await importApp(
  'backend/src/utils/redis.ts',
  z.object({ getRedisCommandCounter: appFunction<() => Counter>() }),
);
const { queueCommands, getNotificationsQueue } = await importApp(
  'backend/src/utils/notificationsQueue.ts',
  z.object({
    queueCommands: z.custom<Counter>((value) => typeof value === 'object' && value !== null),
    getNotificationsQueue: appFunction<() => Promise<unknown>>(),
  }),
);

const { ready } = talk(() => ({
  backend: getRedisCommandCounter().totals(),
  'backend-queue': queueCommands.totals(),
}));
startProcess();
// Opened on first use: here before anything is measured, since the worker's relay may be the quicker one for a while.
await getNotificationsQueue();
ready();
