import { isNotificationType } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import {
  ATTEMPT_WINDOW_HOURS,
  type Batch,
  type BatchEntry,
  beginBatchTry,
  closeSettledRows,
  dissolveBatch,
  findOpenAttempts,
  forgetBatchTries,
  loadBatchRows,
  parkBatch,
  type SettledEntry,
  settleAttempts,
  settleBatch,
  settleUncertainRows,
  splitBatch,
} from '@convene/outbox';
import type { BatchMail } from '../email';
import { parsePayload } from '../emails/registry';
import { MailError } from './failures';
import { delaySendSlots } from './sendSlot';
import {
  type DeliveryDependencies,
  IN_PROGRESS_SECONDS,
  MAX_TRIES_IN_HAND,
  MAX_WAIT_IN_HAND_SECONDS,
  type Postponement,
  SendingPaused,
  takeTurn,
} from './sendToRecipient';

/** What became of a batch: settled with its rows, cut in two, or left for later with the rows that wait for it. */
export type BatchOutcome =
  | { result: 'settled' }
  | { result: 'split'; halves: Batch[] }
  | { result: 'later'; postponement: Postponement };

/** `soon`: the wait is short enough to keep the job in hand. `hasSentNothing`: this try certainly did not. */
type Settled = Extract<BatchOutcome, { result: 'settled' }>;
type LaterTry = { result: 'later'; soon: boolean; hasSentNothing: boolean; postponement: Postponement };
type TryOutcome = Exclude<BatchOutcome, { result: 'later' }> | LaterTry;

/** The outbox rows that a batch has mails of. */
export const rowsOfBatch = ({ entries }: Pick<Batch, 'entries'>): string[] => [
  ...new Set(entries.map(({ outboxId }) => outboxId)),
];

const later = (
  delaySeconds: number,
  reason: string,
  { soon = false, hasSentNothing = false, restartWindow = false } = {},
): LaterTry => ({ result: 'later', soon, hasSentNothing, postponement: { delaySeconds, reason, restartWindow } });

type Rows = Awaited<ReturnType<typeof loadBatchRows>>;

const toMail = (rows: Rows, { outboxId, recipientNo, logId }: BatchEntry): BatchMail | null => {
  const row = rows.get(outboxId);
  const recipient = row?.recipients.find(({ no }) => no === recipientNo);
  if (!row || !recipient || !isNotificationType(row.type)) return null;
  const parsed = parsePayload(row.type, row.payload);
  if (!parsed.success) return null;
  return { type: row.type, payload: parsed.payload, context: { recipient, outboxId, logId } };
};

/** Null where one of them can't be made any more: another list would be another content under the same key. */
const readMails = async (sql: SqlExecutor, batch: Batch): Promise<BatchMail[] | null> => {
  const rows = await loadBatchRows(sql, rowsOfBatch(batch));
  const mails = batch.entries.flatMap((entry) => toMail(rows, entry) ?? []);
  return mails.length === batch.entries.length ? mails : null;
};

/** In this order: a process that dies on the way leaves the batch to be sent again, which repeats what is missing. */
const settle = async (
  sql: SqlExecutor,
  { batch, ends, error }: { batch: Batch; ends: SettledEntry[]; error?: string },
  { onMail }: DeliveryDependencies,
): Promise<Settled> => {
  const rows = rowsOfBatch(batch);
  await settleAttempts(sql, ends);
  await closeSettledRows(sql, rows);
  // One that was given up while the batch waited is known of now.
  await settleUncertainRows(sql, rows);
  await settleBatch(sql, { id: batch.id, ...(error === undefined ? {} : { error }) });
  const { type } = batch;
  if (isNotificationType(type)) for (const { status } of ends) onMail?.({ type, result: status });
  return { result: 'settled' };
};

const settleAll = (
  sql: SqlExecutor,
  { batch, status, error }: { batch: Batch; status: 'failed' | 'uncertain'; error: string },
  dependencies: DeliveryDependencies,
): Promise<Settled> => {
  const ends = batch.entries.map(({ logId }) => ({ logId, status, error }));
  return settle(sql, { batch, ends, error }, dependencies);
};

/** What a failed call means for all of the batch. */
const afterFailure = async (
  sql: SqlExecutor,
  { error, batch }: { error: MailError; batch: Batch },
  dependencies: DeliveryDependencies,
): Promise<TryOutcome> => {
  const { gate, holder } = dependencies;
  const { failure, message: reason } = error;
  switch (failure.kind) {
    case 'refused':
      // The answer does not say which of them is at fault: the halves find it.
      if (batch.entries.length > 1) return { result: 'split', halves: await splitBatch(sql, batch) };
      return settleAll(sql, { batch, status: 'failed', error: reason }, dependencies);
    case 'conflict':
      return settleAll(sql, { batch, status: 'uncertain', error: reason }, dependencies);
    case 'rate-limited': {
      await delaySendSlots(sql, { seconds: failure.retryAfterSeconds, holder });
      const soon = failure.retryAfterSeconds <= MAX_WAIT_IN_HAND_SECONDS;
      return later(failure.retryAfterSeconds, reason, { soon, hasSentNothing: true });
    }
    case 'in-progress':
      return later(IN_PROGRESS_SECONDS, reason);
    case 'unavailable':
      return later(gate.unavailable({ ...failure, reason }), reason);
    case 'blocked':
      return later(gate.blocked({ ...failure, reason }), reason, { hasSentNothing: true, restartWindow: true });
  }
};

const endOf = (
  { logId }: BatchEntry,
  result: { messageId: string } | { refusal: string } | undefined,
): SettledEntry => {
  if (!result) throw new Error('a mail of the batch has no result');
  return 'messageId' in result
    ? { logId, status: 'sent', messageId: result.messageId }
    : { logId, status: 'failed', error: result.refusal };
};

const tryOnce = async (
  sql: SqlExecutor,
  { batch, mails, signal }: { batch: Batch; mails: BatchMail[]; signal: AbortSignal },
  dependencies: DeliveryDependencies,
): Promise<TryOutcome> => {
  const { mailer, gate, logger, holder } = dependencies;
  const fields = { batchId: batch.id, type: batch.type, mails: mails.length };
  try {
    const { results, rateResetSeconds } = await mailer.sendBatchFromRegistry(mails, {
      key: batch.id,
      takeTurn: async () => {
        await takeTurn(sql, signal, dependencies);
        await beginBatchTry(sql, batch.id);
      },
    });
    gate.succeeded();
    const ends = batch.entries.map((entry, index) => endOf(entry, results[index]));
    const outcome = await settle(sql, { batch, ends }, dependencies);
    if (rateResetSeconds !== null) await delaySendSlots(sql, { seconds: rateResetSeconds, holder });
    logger.info({ ...fields, refused: ends.filter(({ status }) => status === 'failed').length }, 'mails sent');
    return outcome;
  } catch (error) {
    if (error instanceof SendingPaused) {
      return later(error.seconds, error.message, { hasSentNothing: true, restartWindow: batch.tries === 0 });
    }
    if (!(error instanceof MailError)) throw error;
    logger.warn({ ...fields, failure: error.failure.kind, reason: error.message }, 'mails not sent');
    return afterFailure(sql, { error, batch }, dependencies);
  }
};

/** The outcome of a batch that can not be sent any more; null for one that can. */
const settleWithoutSending = async (
  sql: SqlExecutor,
  { batch, mails }: { batch: Batch; mails: BatchMail[] | null },
  dependencies: DeliveryDependencies,
): Promise<BatchOutcome | null> => {
  const open = await findOpenAttempts(
    sql,
    batch.entries.map(({ logId }) => logId),
  );
  // Told by webhooks, or by a call whose process died before it had written all of it down.
  if (open.size === 0) return settle(sql, { batch, ends: [] }, dependencies);
  if (batch.isExpired) {
    const error = `the outcome of a try more than ${ATTEMPT_WINDOW_HOURS} hours ago is not known`;
    return settleAll(sql, { batch, status: 'uncertain', error }, dependencies);
  }
  if (mails) return null;
  const status = batch.tries > 0 ? 'uncertain' : 'failed';
  return settleAll(sql, { batch, status, error: 'the batch can not be made again as it was' }, dependencies);
};

/**
 * Sends a batch's list by one call, each mail at most once: the list is in Postgres, and its id goes along as the key.
 * A list that an earlier call may have sent is kept as it is; one that certainly was not is given up, and its
 * recipients find themselves in another.
 */
export const sendBatch = async (
  sql: SqlExecutor,
  { batch, signal }: { batch: Batch; signal: AbortSignal },
  dependencies: DeliveryDependencies,
): Promise<BatchOutcome> => {
  const mails = await readMails(sql, batch);
  const settled = await settleWithoutSending(sql, { batch, mails }, dependencies);
  if (settled || !mails) return settled ?? { result: 'settled' };
  const mayHaveLeft = batch.tries > 0;
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryOnce(sql, { batch, mails, signal }, dependencies);
    if (outcome.result !== 'later') return outcome;
    const hasSentNothing = outcome.hasSentNothing && !mayHaveLeft;
    if (outcome.soon && tries < MAX_TRIES_IN_HAND) {
      if (hasSentNothing) await forgetBatchTries(sql, batch);
      continue;
    }
    const { postponement } = outcome;
    if (hasSentNothing) await dissolveBatch(sql, batch);
    else await parkBatch(sql, { id: batch.id, reason: postponement.reason });
    return { result: 'later', postponement };
  }
};
