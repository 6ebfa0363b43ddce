import { type FinishedRequest, requestSecondsBuckets } from '@convene/common/requestTimes';
import type { SqlExecutor } from '@convene/coordination';
import { countOpenOutboxRows, type OutboxRelay } from '@convene/outbox';
import type { Job } from 'bullmq';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SendGate } from './mail/sendGate';
import type { ObservedWorker, QueueBackend } from './queues/backend';

export type WorkerMetrics = {
  mails: Counter<'type' | 'result'>;
  jobs: Histogram<'queue' | 'outcome'>;
  /** Enters a request to the health server. */
  observeRequest: (finished: FinishedRequest) => void;
  /** The text of a scrape. Reads Postgres and what the process knows, never Redis. */
  scrape: () => Promise<string>;
  contentType: string;
};

const knownPaths = new Set(['/health', '/ready', '/metrics']);

/** Everything that Prometheus is told. */
export const createMetrics = ({
  queue,
  gate,
  sql,
  relayState,
}: {
  queue: Pick<QueueBackend, 'name' | 'isReady' | 'counters'>;
  gate: SendGate;
  sql: SqlExecutor;
  relayState: () => ReturnType<OutboxRelay['state']>;
}): WorkerMetrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const mails = new Counter({
    name: 'convene_mails_total',
    help: 'Mails by notification type and result of the try',
    labelNames: ['type', 'result'],
    registers,
  });
  const jobs = new Histogram({
    name: 'convene_job_seconds',
    help: 'How long jobs took',
    labelNames: ['queue', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const requests = new Histogram({
    name: 'convene_http_request_seconds',
    help: 'How long HTTP requests took, by path',
    labelNames: ['method', 'route', 'status'],
    buckets: requestSecondsBuckets,
    registers,
  });
  new Counter({
    name: 'convene_redis_commands_total',
    help: 'Commands sent to Redis, as the server counts them',
    labelNames: ['app', 'source', 'command'],
    registers,
    collect() {
      this.reset();
      for (const counter of queue.counters) {
        for (const { source, command, count } of counter.counts())
          this.inc({ app: counter.app, source, command }, count);
      }
    },
  });
  new Gauge({
    name: 'convene_queue_ready',
    help: '1 while jobs can be added and taken, by where the queues are',
    labelNames: ['backend'],
    registers,
    collect() {
      this.set({ backend: queue.name }, queue.isReady() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'convene_sending_paused',
    help: '1 while no mail can be sent',
    registers,
    collect() {
      this.set(gate.closedForSeconds() > 0 ? 1 : 0);
    },
  });
  new Counter({
    name: 'convene_outbox_relayed_total',
    help: 'Outbox rows that this process moved into the queue',
    labelNames: ['swept'],
    registers,
    collect() {
      this.reset();
      const { relayed, swept } = relayState();
      this.inc({ swept: 'true' }, swept);
      this.inc({ swept: 'false' }, relayed - swept);
    },
  });
  const openRows = new Gauge({
    name: 'convene_outbox_open_rows',
    help: 'Outbox rows that are not closed yet, by state',
    labelNames: ['status'],
    registers,
  });
  const oldest = new Gauge({
    name: 'convene_outbox_oldest_seconds',
    help: 'Age of the oldest open outbox row',
    registers,
  });

  return {
    mails,
    jobs,
    observeRequest: ({ method, path, status, seconds }) =>
      requests.observe({ method, route: knownPaths.has(path) ? path : 'other', status: String(status) }, seconds),
    contentType: registry.contentType,
    scrape: async () => {
      try {
        const open = await countOpenOutboxRows(sql);
        openRows.set({ status: 'pending' }, open.pending);
        openRows.set({ status: 'relayed' }, open.relayed);
        oldest.set(open.oldestSeconds);
      } catch {
        // No value is the honest one while Postgres is away, which another metric and the log tell.
        openRows.reset();
        oldest.reset();
      }
      return registry.metrics();
    },
  };
};

/** How long the jobs of a worker take. */
export const observeJobs = (worker: ObservedWorker, { jobs }: Pick<WorkerMetrics, 'jobs'>): void => {
  const record =
    (outcome: string) =>
    (job: Pick<Job, 'processedOn' | 'finishedOn'> | undefined): void => {
      if (job?.processedOn === undefined) return;
      const seconds = ((job.finishedOn ?? Date.now()) - job.processedOn) / 1000;
      jobs.observe({ queue: worker.name, outcome }, seconds);
    };
  worker.on('completed', record('completed'));
  worker.on('failed', record('failed'));
};
