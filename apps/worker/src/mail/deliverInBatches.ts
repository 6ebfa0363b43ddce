import { isNotificationType, type NotificationType } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import {
  type Batch,
  type BulkRow,
  closeOutboxRows,
  closeSettledRows,
  dissolveBatch,
  type FrozenRecipient,
  findRowsOfBatch,
  findRowsOutOfTime,
  freezeRecipientsOfRows,
  loadRowEnd,
  type OutboxRow,
  openBatch,
  parkBatch,
  postponeOutboxRows,
  takeBatches,
} from '@convene/outbox';
import { emailRegistry, parsePayload } from '../emails/registry';
import type { EmailDefinition } from '../emails/types';
import { findRecipients } from '../recipients';
import { abandonRow, type DeliveryOutcome, givenUp, NOBODY, postponeSeconds } from './outcomes';
import { rowsOfBatch, sendBatch } from './sendBatch';
import { type DeliveryDependencies, type Postponement, pausedPostponement } from './sendToRecipient';

/** A row that is written to at least so many people goes by batches, whatever its type: single calls take too long. */
export const MIN_RECIPIENTS_OF_BATCH = 5;

/**
 * The most batches that a job fills by itself. A job comes for every hundred recipients, so one each would do, were
 * they not of fan-outs of different sizes, which leave room; more would keep mails that are urgent waiting.
 */
const MAX_BATCHES_OF_JOB = 3;
/** Others take the same rows at the same time: so often another set of them is looked for. */
const MAX_SEARCHES = 10;

const recipientsOf = async <Type extends NotificationType>(
  sql: SqlExecutor,
  type: Type,
  row: BulkRow,
): Promise<FrozenRecipient[] | null> => {
  if (row.recipients) return row.recipients;
  const parsed = parsePayload(type, row.payload);
  if (!parsed.success) {
    await abandonRow(sql, { id: row.id, reason: `the payload is not valid: ${parsed.problem}` });
    return null;
  }
  const definition: EmailDefinition<Type> = emailRegistry[type];
  return findRecipients(sql, { audience: definition.recipients(parsed.payload), type });
};

/** Finds and keeps the recipients of the rows; closes those that are for nobody. */
const freeze = async (
  sql: SqlExecutor,
  type: NotificationType,
  rows: BulkRow[],
): Promise<{ outboxId: string; recipient: FrozenRecipient }[]> => {
  const found: { id: string; recipients: FrozenRecipient[] }[] = [];
  const forNobody: string[] = [];
  for (const row of rows) {
    const recipients = await recipientsOf(sql, type, row);
    if (recipients?.length === 0) forNobody.push(row.id);
    else if (recipients) found.push({ id: row.id, recipients });
  }
  if (forNobody.length > 0) await closeOutboxRows(sql, { ids: forNobody, status: 'suppressed', error: NOBODY });
  if (found.length === 0) return [];
  const frozen = await freezeRecipientsOfRows(sql, found);
  return found.flatMap(({ id }) => (frozen.get(id) ?? []).map((recipient) => ({ outboxId: id, recipient })));
};

/** The next batch of the row's kind; null where nobody is left to write to. */
const fillBatch = async (sql: SqlExecutor, { row, type }: { row: OutboxRow; type: NotificationType }) => {
  for (let searches = 0; searches < MAX_SEARCHES; searches += 1) {
    const rows = await findRowsOfBatch(sql, { leader: row.id, type, isBulk: row.isBulk });
    if (rows.length === 0) return null;
    const recipients = await freeze(sql, type, rows);
    const batch = recipients.length > 0 ? await openBatch(sql, { leader: row.id, type, recipients }) : null;
    // Those of whom nobody is written to any more, and those whose mails an earlier job had sent.
    await closeSettledRows(
      sql,
      rows.map(({ id }) => id),
    );
    if (batch) return batch;
  }
  return null;
};

const postponeRows = async (
  sql: SqlExecutor,
  { ids, postponement }: { ids: string[]; postponement: Postponement },
): Promise<DeliveryOutcome> => {
  const { reason, restartWindow } = postponement;
  const seconds = postponeSeconds(postponement);
  const outOfTime = restartWindow ? [] : await findRowsOutOfTime(sql, { ids, delaySeconds: seconds });
  for (const id of outOfTime) await abandonRow(sql, { id, reason: givenUp(reason) });
  await postponeOutboxRows(sql, { ids, delaySeconds: seconds, reason, restartWindow });
  return { outcome: 'postponed', seconds, reason };
};

/** Batches that the job had in hand and does not come to. */
const putDown = async (sql: SqlExecutor, batches: Batch[], reason: string): Promise<void> => {
  for (const batch of batches) {
    if (batch.tries > 0) await parkBatch(sql, { id: batch.id, reason });
    else await dissolveBatch(sql, batch);
  }
};

/** Puts the row back for later, and those that it would have taken along. */
export const postponeWithOthers = async (
  sql: SqlExecutor,
  { row, closedForSeconds }: { row: OutboxRow; closedForSeconds: number },
): Promise<DeliveryOutcome> => {
  const others = await findRowsOfBatch(sql, { leader: row.id, type: row.type, isBulk: row.isBulk });
  const ids = [...new Set([row.id, ...others.map(({ id }) => id)])];
  return postponeRows(sql, { ids, postponement: pausedPostponement(closedForSeconds) });
};

/**
 * Sends a row together with the others of its kind, a hundred mails by one call, and closes the rows; or puts them
 * back for later. First it ends what an earlier job left in the middle.
 */
export const deliverInBatches = async (
  sql: SqlExecutor,
  { row, signal }: { row: OutboxRow; signal: AbortSignal },
  dependencies: DeliveryDependencies,
): Promise<DeliveryOutcome> => {
  const { type } = row;
  if (!isNotificationType(type)) return abandonRow(sql, { id: row.id, reason: `no mail is known of the type ${type}` });
  const inHand = await takeBatches(sql, row.id);
  for (let filled = 0; ; ) {
    let batch = inHand.shift();
    if (!batch) {
      if (row.closedAt || filled === MAX_BATCHES_OF_JOB) break;
      batch = (await fillBatch(sql, { row, type })) ?? undefined;
      filled += 1;
    }
    if (!batch) break;
    const outcome = await sendBatch(sql, { batch, signal }, dependencies);
    if (outcome.result === 'split') inHand.unshift(...outcome.halves);
    if (outcome.result === 'later') {
      const { postponement } = outcome;
      await putDown(sql, inHand, postponement.reason);
      const ids = [...new Set([batch, ...inHand].flatMap(rowsOfBatch))];
      return postponeRows(sql, { ids, postponement });
    }
  }
  if (row.closedAt) return { outcome: 'nothing-to-do', why: 'closed already' };
  const end = await loadRowEnd(sql, row.id);
  return end ? { outcome: 'closed', ...end } : { outcome: 'nothing-to-do', why: 'another job has it in hand' };
};
