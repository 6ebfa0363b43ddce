import type { SqlExecutor } from '@convene/coordination';
import { ATTEMPT_WINDOW_HOURS, closeOutboxRow, type FinalOutboxStatus, settleOpenAttempts } from '@convene/outbox';
import type { Postponement } from './sendToRecipient';

/** What became of a row in one go. */
export type DeliveryOutcome =
  | { outcome: 'closed'; status: FinalOutboxStatus; error: string | null }
  | { outcome: 'postponed'; seconds: number; reason: string }
  | {
      outcome: 'nothing-to-do';
      why: 'no such row' | 'closed already' | 'not due yet' | 'another job has it in hand';
    };

/** Why a row is suppressed that nobody wants, or nobody can get. */
export const NOBODY = 'there is nobody to send it to';

/** Why a row is closed that could not be sent for too long. */
export const givenUp = (reason: string): string => `given up after ${ATTEMPT_WINDOW_HOURS} hours: ${reason}`;

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

/** The job in hand must have ended before its row is added to the queue again. */
const MIN_POSTPONE_SECONDS = 1;
/**
 * While nothing can be sent, rows wait in the queue of a worker that takes no jobs, which costs nothing either, and are
 * sent at once when another process, or this one after a restart, can.
 */
const MAX_POSTPONE_SECONDS = 60;

/** For how long a row is put back. */
export const postponeSeconds = ({ delaySeconds }: Postponement): number =>
  Math.min(Math.max(MIN_POSTPONE_SECONDS, delaySeconds), MAX_POSTPONE_SECONDS);
