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
  rowEndOf,
  settleUncertainRows,
} from '@convene/outbox';
import { inSpan, SpanKind } from '@convene/tracing';
import { emailRegistry, parsePayload } from '../emails/registry';
import type { EmailDefinition } from '../emails/types';
import { findRecipients } from '../recipients';
import { deliverInBatches, MIN_RECIPIENTS_OF_BATCH, postponeWithOthers } from './deliverInBatches';
import { abandonRow, type DeliveryOutcome, givenUp, NOBODY, postponeSeconds } from './outcomes';
import {
  type DeliveryDependencies,
  type Postponement,
  pausedPostponement,
  type RecipientOutcome,
  sendToRecipient,
} from './sendToRecipient';

export type Deliver = (
  sql: SqlExecutor,
  options: { outboxId: string; signal: AbortSignal },
) => Promise<DeliveryOutcome>;

type FinalOutcome = Exclude<RecipientOutcome, { result: 'later' }>;

const close = async (
  sql: SqlExecutor,
  { id, status, error }: { id: string; status: FinalOutboxStatus; error: string | null },
): Promise<DeliveryOutcome> => {
  await closeOutboxRow(sql, { id, status, ...(error === null ? {} : { error }) });
  // The provider may have told meanwhile what became of it, and found the row still open.
  if (status === 'uncertain') await settleUncertainRows(sql, [id]);
  return { outcome: 'closed', status, error };
};

const postpone = async (
  sql: SqlExecutor,
  { row, postponement }: { row: OutboxRow; postponement: Postponement },
): Promise<DeliveryOutcome> => {
  const { reason, restartWindow } = postponement;
  // What counts is when it is tried again, not how long a pause is meant to be.
  const delaySeconds = postponeSeconds(postponement);
  if (!restartWindow && row.ageSeconds + delaySeconds > ATTEMPT_WINDOW_HOURS * 3_600) {
    return abandonRow(sql, { id: row.id, reason: givenUp(reason) });
  }
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
    return close(sql, { id: row.id, status: 'suppressed', error: NOBODY });
  }
  const recipients = await freezeRecipients(sql, { id: row.id, recipients: found });
  if (recipients.length >= MIN_RECIPIENTS_OF_BATCH) return deliverInBatches(sql, { row, signal }, dependencies);
  const outcomes: FinalOutcome[] = [];
  for (const recipient of recipients) {
    const send = { outboxId: row.id, type, payload, recipient, signal };
    const outcome = await sendToRecipient(sql, send, dependencies);
    if (outcome.result === 'later') return postpone(sql, { row, postponement: outcome.postponement });
    outcomes.push(outcome);
  }
  return close(sql, { id: row.id, ...rowEndOf(outcomes) });
};

/** One of many: the others of its kind that wait go along. */
const deliverBulk = async (
  sql: SqlExecutor,
  { row, signal }: { row: OutboxRow; signal: AbortSignal },
  dependencies: DeliveryDependencies,
): Promise<DeliveryOutcome> => {
  if (!row.closedAt && !row.isDue) return { outcome: 'nothing-to-do', why: 'not due yet' };
  const closedForSeconds = dependencies.gate.closedForSeconds();
  if (closedForSeconds > 0 && !row.closedAt) return postponeWithOthers(sql, { row, closedForSeconds });
  return deliverInBatches(sql, { row, signal }, dependencies);
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
    const span = {
      kind: SpanKind.CONSUMER,
      attributes: { 'messaging.message.id': row.id, 'convene.notification.type': row.type },
      traceParent: row.traceParent,
    };
    return inSpan('deliver a notification', span, async (current) => {
      const outcome = await deliverRow(sql, { row, signal }, dependencies);
      current.setAttribute('convene.outcome', outcome.outcome);
      return outcome;
    });
  };

const deliverRow = async (
  sql: SqlExecutor,
  { row, signal }: { row: OutboxRow; signal: AbortSignal },
  dependencies: DeliveryDependencies,
): Promise<DeliveryOutcome> => {
  if (row.isBulk) return deliverBulk(sql, { row, signal }, dependencies);
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
