import type { NotificationPayload, NotificationType } from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import {
  ATTEMPT_WINDOW_HOURS,
  type Attempt,
  beginAttempt,
  type FrozenRecipient,
  type RecipientEnd,
  recipientEndOf,
  settleAttempt,
  withdrawAttempt,
} from '@convene/outbox';
import type { Mailer } from '../email';
import type { Logger } from '../logger';
import { MailError } from './failures';
import type { SendGate } from './sendGate';
import { delaySendSlots, waitForSendSlot } from './sendSlot';

/** When to try again. `restartWindow`: it certainly reached nobody, so the time for trying begins anew. */
export type Postponement = { delaySeconds: number; reason: string; restartWindow: boolean };

/** What became of one mail to one recipient. `soon`: the wait is short enough to keep the job in hand. */
export type RecipientOutcome = RecipientEnd | { result: 'later'; soon: boolean; postponement: Postponement };

export type DeliveryDependencies = {
  mailer: Mailer;
  gate: SendGate;
  logger: Logger;
  requestsPerSecond: number;
  /** Who takes the slots, as shown in the lease. */
  holder: string;
  onMail?: (mail: { type: NotificationType; result: RecipientOutcome['result'] }) => void;
};

export type RecipientSend<Type extends NotificationType> = {
  outboxId: string;
  type: Type;
  payload: NotificationPayload<Type>;
  recipient: FrozenRecipient;
  signal: AbortSignal;
};

/** Shorter waits than this cost less than giving the job back. */
export const MAX_WAIT_IN_HAND_SECONDS = 5;
export const MAX_TRIES_IN_HAND = 3;
export const IN_PROGRESS_SECONDS = 5;
const PAUSED = 'sending is paused';

const later = (
  delaySeconds: number,
  reason: string,
  { soon = false, restartWindow = false } = {},
): RecipientOutcome => ({ result: 'later', soon, postponement: { delaySeconds, reason, restartWindow } });

/** The postponement of a row that is taken up while nothing can be sent. */
export const pausedPostponement = (delaySeconds: number): Postponement => ({
  delaySeconds,
  reason: PAUSED,
  restartWindow: false,
});

/** What a failed call means for this recipient; the attempt is taken back where certainly nothing was sent. */
const afterFailure = async (
  sql: SqlExecutor,
  { error, attempt, gate, holder }: { error: MailError; attempt: Attempt; gate: SendGate; holder: string },
): Promise<RecipientOutcome> => {
  const { failure, message: reason } = error;
  switch (failure.kind) {
    case 'refused':
      await settleAttempt(sql, { logId: attempt.logId, status: 'failed', error: reason });
      return { result: 'failed', reason };
    case 'conflict':
      await settleAttempt(sql, { logId: attempt.logId, status: 'uncertain', error: reason });
      return { result: 'uncertain', reason };
    case 'rate-limited':
      await withdrawIfFresh(sql, attempt);
      await delaySendSlots(sql, { seconds: failure.retryAfterSeconds, holder });
      return later(failure.retryAfterSeconds, reason, { soon: failure.retryAfterSeconds <= MAX_WAIT_IN_HAND_SECONDS });
    case 'in-progress':
      return later(IN_PROGRESS_SECONDS, reason);
    case 'unavailable':
      return later(gate.unavailable({ ...failure, reason }), reason);
    case 'blocked':
      await withdrawIfFresh(sql, attempt);
      return later(gate.blocked({ ...failure, reason }), reason, { restartWindow: true });
  }
};

/** An earlier try whose end is not known keeps its row: its time goes on. */
const withdrawIfFresh = async (sql: SqlExecutor, attempt: Attempt): Promise<void> => {
  if (attempt.isFresh) await withdrawAttempt(sql, attempt.logId);
};

/** Sending was paused while a mail waited for its turn. */
export class SendingPaused extends Error {
  override readonly name = 'SendingPaused';
  readonly seconds: number;

  constructor(seconds: number) {
    super(PAUSED);
    this.seconds = seconds;
  }
}

/** Waits for the account's next slot. @throws SendingPaused */
export const takeTurn = async (
  sql: SqlExecutor,
  signal: AbortSignal,
  { gate, requestsPerSecond, holder }: DeliveryDependencies,
): Promise<void> => {
  await waitForSendSlot(sql, { requestsPerSecond, holder, signal });
  const closedForSeconds = gate.closedForSeconds();
  if (closedForSeconds > 0) throw new SendingPaused(closedForSeconds);
};

const tryOnce = async <Type extends NotificationType>(
  sql: SqlExecutor,
  send: RecipientSend<Type>,
  dependencies: DeliveryDependencies,
): Promise<RecipientOutcome> => {
  const { mailer, gate, logger, holder } = dependencies;
  const { outboxId, type, payload, recipient, signal } = send;
  const attempt = await beginAttempt(sql, {
    outboxId,
    recipientNo: recipient.no,
    type,
    recipient: recipient.email,
    userId: recipient.userId,
  });
  const { logId } = attempt;
  const end = recipientEndOf(attempt);
  if (end) return end;
  if (attempt.isExpired) {
    const reason = `the outcome of a try more than ${ATTEMPT_WINDOW_HOURS} hours ago is not known`;
    await settleAttempt(sql, { logId, status: 'uncertain', error: reason });
    return { result: 'uncertain', reason };
  }
  const fields = { outboxId, type, recipientNo: recipient.no };
  try {
    const { messageId, rateResetSeconds } = await mailer.sendEmailFromRegistry(type, payload, {
      recipient,
      outboxId,
      logId,
      takeTurn: () => takeTurn(sql, signal, dependencies),
    });
    gate.succeeded();
    await settleAttempt(sql, { logId, status: 'sent', messageId });
    if (rateResetSeconds !== null) await delaySendSlots(sql, { seconds: rateResetSeconds, holder });
    logger.info({ ...fields, messageId }, 'mail sent');
    return { result: 'sent' };
  } catch (error) {
    if (error instanceof SendingPaused) {
      await withdrawIfFresh(sql, attempt);
      return later(error.seconds, error.message, { restartWindow: attempt.isFresh });
    }
    if (!(error instanceof MailError)) throw error;
    logger.warn({ ...fields, failure: error.failure.kind, reason: error.message }, 'mail not sent');
    return afterFailure(sql, { error, attempt, gate, holder });
  }
};

/**
 * Sends one mail to one recipient, at most once: who got it is told by the attempt's row, which is written before the
 * provider is called, and by the key that goes with the call.
 */
export const sendToRecipient = async <Type extends NotificationType>(
  sql: SqlExecutor,
  send: RecipientSend<Type>,
  dependencies: DeliveryDependencies,
): Promise<RecipientOutcome> => {
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryOnce(sql, send, dependencies);
    // The rate limit has moved the slots, and the next try waits for one.
    if (outcome.result === 'later' && outcome.soon && tries < MAX_TRIES_IN_HAND) continue;
    dependencies.onMail?.({ type: send.type, result: outcome.result });
    return outcome;
  }
};
