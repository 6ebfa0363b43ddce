import { withLease } from '@convene/coordination';
import type { Pool } from 'pg';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { getRedis, type Redis } from '../../utils/redis';
import { applyBatch, markAcknowledged } from './applyBatch';
import { type ClaimedBatch, flush } from './scripts/flush';
import { RECOVER_LIMIT, recover } from './scripts/recover';

/** Counters moved by one command: 10,000 need four claims. */
const COUNTERS_PER_CLAIM = 2_500;
const LEASE = { name: 'feed:flush', ttlSeconds: 60 };

export type FlushSummary = {
  /** False where another process is flushing at the moment; nothing was done then. */
  ran: boolean;
  /** Batches that this flush added to Postgres, and of these the ones that an earlier one had left behind. */
  batches: number;
  recovered: number;
  /** Batches that were in Postgres already and had only to be acknowledged. */
  alreadyApplied: number;
  counters: number;
  events: number;
  /** Counters of listings that no longer exist; they are kept in the batch's row. */
  dropped: number;
  /** Members of the dirty set that had no counter any more. */
  gone: number;
};

export type FlushContext = {
  pool?: Pool;
  redis?: Redis;
  countersPerClaim?: number;
  /** Called before each step; a test stops a flush there. */
  onStep?: (step: FlushStep) => void | Promise<void>;
};
export type FlushStep = 'recover' | 'claim' | 'apply' | 'acknowledge';

const nothingDone = (ran: boolean): FlushSummary => ({
  ran,
  batches: 0,
  recovered: 0,
  alreadyApplied: 0,
  counters: 0,
  events: 0,
  dropped: 0,
  gone: 0,
});

/** One flush: what is claimed, applied and acknowledged, and how far it has come. */
class Flush {
  readonly summary = nothingDone(true);
  readonly #pool: Pool;
  readonly #redis: Redis;
  readonly #limit: number;
  readonly #onStep: NonNullable<FlushContext['onStep']>;
  readonly #signal: AbortSignal;
  /** In Postgres, and still in flight in Redis. */
  #toAcknowledge: string[] = [];

  constructor(context: Required<FlushContext>, signal: AbortSignal) {
    this.#pool = context.pool;
    this.#redis = context.redis;
    this.#limit = context.countersPerClaim;
    this.#onStep = context.onStep;
    this.#signal = signal;
  }

  async run(): Promise<FlushSummary> {
    await this.#recoverAll();
    await this.#claimAll();
    // A claim whose answer was lost is in flight without anybody knowing: it is looked for before the end.
    await this.#recoverAll();
    return this.summary;
  }

  async #recoverAll(): Promise<void> {
    for (;;) {
      await this.#step('recover');
      const batches = await recover(this.#redis);
      for (const batch of batches) await this.#apply(batch, { isRecovered: true });
      if (batches.length < RECOVER_LIMIT) return this.#acknowledge();
      await this.#acknowledge();
    }
  }

  async #claimAll(): Promise<void> {
    for (;;) {
      const size = await this.#claim(this.#limit);
      // A claim that was not full took all there was; what arrives meanwhile is the next flush's.
      if (size < this.#limit) return this.#acknowledge();
    }
  }

  /** Acknowledges what is in Postgres, claims a batch and applies it; tells how many counters the claim took out. */
  async #claim(limit: number): Promise<number> {
    const acknowledge = this.#toAcknowledge;
    await this.#step('claim');
    const { batch, gone } = await flush(this.#redis, { limit, acknowledge });
    await this.#acknowledged(acknowledge);
    this.summary.gone += gone.length;
    if (gone.length > 0) logger.warn({ keys: gone.slice(0, 20), count: gone.length }, 'dirty counters without a value');
    if (batch) await this.#apply(batch, { isRecovered: false });
    return (batch?.counters.length ?? 0) + gone.length;
  }

  async #acknowledge(): Promise<void> {
    const acknowledge = this.#toAcknowledge;
    if (acknowledge.length === 0) return;
    await this.#step('acknowledge');
    await flush(this.#redis, { limit: 0, acknowledge });
    await this.#acknowledged(acknowledge);
  }

  async #acknowledged(batchIds: string[]): Promise<void> {
    this.#toAcknowledge = this.#toAcknowledge.filter((id) => !batchIds.includes(id));
    await markAcknowledged(this.#pool, batchIds);
  }

  async #apply(batch: ClaimedBatch, { isRecovered }: { isRecovered: boolean }): Promise<void> {
    await this.#step('apply');
    const { applied, counters, events, dropped } = await applyBatch(this.#pool, batch);
    this.#toAcknowledge.push(batch.batchId);
    if (!applied) {
      this.summary.alreadyApplied += 1;
      return;
    }
    this.summary.batches += 1;
    if (isRecovered) this.summary.recovered += 1;
    this.summary.counters += counters;
    this.summary.events += events;
    this.summary.dropped += dropped.length;
    if (dropped.length > 0) logger.warn({ batchId: batch.batchId, dropped: dropped.length }, 'counters were dropped');
  }

  async #step(step: FlushStep): Promise<void> {
    this.#signal.throwIfAborted();
    await this.#onStep(step);
  }
}

/**
 * Moves every counter from Redis into `metrics_daily`, each increment once, whatever dies on the way: what a flush
 * leaves behind the next one finds. 10,000 counters cost 7 Redis commands.
 *
 * One flush runs at a time across all replicas; correctness does not depend on that.
 *
 * @throws RedisUnavailable, or Postgres' error; nothing is lost then
 */
export const flushCountersToDaily = async ({
  pool = getPool(),
  redis = getRedis(),
  countersPerClaim = COUNTERS_PER_CLAIM,
  onStep = () => undefined,
}: FlushContext = {}): Promise<FlushSummary> => {
  const outcome = await withLease(pool, LEASE, (signal) =>
    new Flush({ pool, redis, countersPerClaim, onStep }, signal).run(),
  );
  return outcome.held ? outcome.result : nothingDone(false);
};
