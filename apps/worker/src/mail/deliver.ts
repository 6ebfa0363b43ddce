import { isNotificationType, type NotificationPayload, type NotificationType } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import {
  ATTEMPT_WINDOW_HOURS,
  closeOutboxRow,
  type FinalOutboxStatus,
  freezeRecipients,
  loadOutboxRow,
  type OutboxRow,
  postponeOutboxRow,
  settleOpenAttempts,
} from '@convene/outbox';
import { emailRegistry, parsePayload } from '../emails/registry';
import type { EmailDefinition } from '../emails/types';
import { findRecipients } from '../recipients';
import {
  type DeliveryDependencies,
  type Postponement,
  pausedPostponement,
  type RecipientOutcome,
  sendToRecipient,
} from './sendToRecipient';

/** What became of a row in one go. */
export type DeliveryOutcome =
  | { outcome: 'closed'; status: FinalOutboxStatus; error: string | null }
  | { outcome: 'postponed'; seconds: number; reason: string }
  | { outcome: 'nothing-to-do'; why: 'no such row' | 'closed already' | 'not due yet' };

export type Deliver = (
  sql: SqlExecutor,
  options: { outboxId: string; signal: AbortSignal },
) => Promise<DeliveryOutcome>;

/** Closes a row that can't go on: `uncertain` where a mail may have left, else `dead`. */
export const abandonRow = async (
  sql: SqlExecutor,
  { id, reason }: { id: string; reason: string },
): Promise<DeliveryOutcome> => {
  const unclear = await settleOpenAttempts(sql, { outboxId: id, error: reason });
  const status = unclear > 0 ? 'uncertain' : 'dead';
  await closeOutboxRow(sql, { id, status, error: reason });
  return { outcome: 'closed', status, error: reason };
};

type FinalOutcome = Exclude<RecipientOutcome, { result: 'later' }>;

/** A row's end follows from its recipients'; one that someone got is `sent`, and tells who did not. */
const endOf = (outcomes: FinalOutcome[]): { status: FinalOutboxStatus; error: string | null } => {
  const reasons = outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome.reason] : []));
  const summary = [...new Set(reasons)].join('; ');
  const count = outcomes.length > 1 ? `${reasons.length} of ${outcomes.length} recipients: ` : '';
  const error = reasons.length === 0 ? null : `${count}${summary}`;
  if (outcomes.some(({ result }) => result === 'uncertain')) return { status: 'uncertain', error };
  return { status: outcomes.every(({ result }) => result === 'failed') ? 'dead' : 'sent', error };
};

const close = async (
  sql: SqlExecutor,
  { id, status, error }: { id: string; status: FinalOutboxStatus; error: string | null },
): Promise<DeliveryOutcome> => {
  await closeOutboxRow(sql, { id, status, ...(error === null ? {} : { error }) });
  return { outcome: 'closed', status, error };
};

/** The job in hand must have ended before its row is added to the queue again. */
const MIN_POSTPONE_SECONDS = 1;
/**
 * While nothing can be sent, rows wait in the queue of a worker that takes no jobs, which costs nothing either, and are
 * sent at once when another process, or this one after a restart, can.
 */
const MAX_POSTPONE_SECONDS = 60;

const postpone = async (
  sql: SqlExecutor,
  { row, postponement }: { row: OutboxRow; postponement: Postponement },
): Promise<DeliveryOutcome> => {
  const { reason, restartWindow } = postponement;
  if (!restartWindow && row.ageSeconds + postponement.delaySeconds > ATTEMPT_WINDOW_HOURS * 3_600) {
    return abandonRow(sql, { id: row.id, reason: `given up after ${ATTEMPT_WINDOW_HOURS} hours: ${reason}` });
  }
  const delaySeconds = Math.min(Math.max(MIN_POSTPONE_SECONDS, postponement.delaySeconds), MAX_POSTPONE_SECONDS);
  await postponeOutboxRow(sql, { id: row.id, delaySeconds, reason, restartWindow });
  return { outcome: 'postponed', seconds: delaySeconds, reason };
};

const sendRow = async <Type extends NotificationType>(
  sql: SqlExecutor,
  {
    row,
    type,
    payload,
    signal,
  }: { row: OutboxRow; type: Type; payload: NotificationPayload<Type>; signal: AbortSignal },
  dependencies: DeliveryDependencies,
): Promise<DeliveryOutcome> => {
  const definition: EmailDefinition<Type> = emailRegistry[type];
  const found = row.recipients ?? (await findRecipients(sql, { audience: definition.recipients(payload), type }));
  if (found.length === 0) {
    return close(sql, { id: row.id, status: 'suppressed', error: 'there is nobody to send it to' });
  }
  const recipients = await freezeRecipients(sql, { id: row.id, recipients: found });
  const outcomes: FinalOutcome[] = [];
  for (const recipient of recipients) {
    const send = { outboxId: row.id, type, payload, recipient, signal };
    const outcome = await sendToRecipient(sql, send, dependencies);
    if (outcome.result === 'later') return postpone(sql, { row, postponement: outcome.postponement });
    outcomes.push(outcome);
  }
  return close(sql, { id: row.id, ...endOf(outcomes) });
};

/**
 * Sends what a row of the outbox asks for, once to each recipient, and closes the row; or puts it back for later.
 * Safe to run any number of times, and at the same time as another process.
 */
export const createDelivery =
  (dependencies: DeliveryDependencies): Deliver =>
  async (sql, { outboxId, signal }) => {
    const row = await loadOutboxRow(sql, outboxId);
    if (!row) return { outcome: 'nothing-to-do', why: 'no such row' };
    if (row.closedAt) return { outcome: 'nothing-to-do', why: 'closed already' };
    if (!row.isDue) return { outcome: 'nothing-to-do', why: 'not due yet' };
    const closedForSeconds = dependencies.gate.closedForSeconds();
    if (closedForSeconds > 0) return postpone(sql, { row, postponement: pausedPostponement(closedForSeconds) });
    if (!isNotificationType(row.type)) {
      return abandonRow(sql, { id: row.id, reason: `no mail is known of the type ${row.type}` });
    }
    const parsed = parsePayload(row.type, row.payload);
    if (!parsed.success) return abandonRow(sql, { id: row.id, reason: `the payload is not valid: ${parsed.problem}` });
    return sendRow(sql, { row, type: row.type, payload: parsed.payload, signal }, dependencies);
  };
