import type { CommandCounter, QueueBackendName } from '@convene/common';
import type { BackendFactory, IQueueBackend, Job, JobProgress, Queue, Worker } from 'bullmq';

/** From events and outcomes alone: to know it costs no command. */
export type QueueState = {
  backend: QueueBackendName;
  /** `ready` while jobs can be added and taken. */
  status: string;
  lastReadyAt: Date | null;
  lastError: { message: string; at: Date } | null;
};

/** Where BullMQ keeps its queues. Waits for a server that is not there yet, and for one that went away, for ever. */
export type QueueBackend = {
  name: QueueBackendName;
  /** For BullMQ's constructors, which are given no connection: a queue or a worker gets one of this process. */
  factory: BackendFactory<IQueueBackend, unknown>;
  /** How long an idle worker waits before it looks by itself whether it was told of everything. */
  drainDelaySeconds: number;
  isReady: () => boolean;
  state: () => QueueState;
  onReady: (listener: () => void) => void;
  /** Has every worker look for jobs now, over connections that work: what should have woken it may have been lost. */
  wakeWorkers: () => Promise<void>;
  /** Of what was sent to Redis; none where the queues are elsewhere. */
  counters: readonly CommandCounter[];
  /** After queues and workers. */
  close: () => Promise<void>;
};

/** What of BullMQ's workers is listened to, whatever their jobs are. */
export type ObservedWorker = {
  readonly name: string;
  on: (
    event: 'active' | 'completed' | 'failed',
    listener: (job: Pick<Job, 'processedOn' | 'finishedOn'> | undefined) => void,
  ) => unknown;
};

export type JobQueue<Data> = Queue<Data, unknown, string, Data, unknown, string, IQueueBackend, unknown>;
export type JobWorker<Data, Result> = Worker<Data, Result, string, IQueueBackend, JobProgress, unknown>;
