import type { Logger } from '../logger';

export type SendGateState = { closed: boolean; reason: string | null; until: Date | null; needsSomebody: boolean };

/**
 * Closes while no mail can be sent: the jobs then stay in the queue and cost nothing, instead of failing one by one.
 *
 * It lives in the process, not in Redis: a key or a sender is a setting of the process, so a restart with the right
 * one sends at once. Otherwise it opens by itself after its time, and the next mail tells whether it stays open.
 */
export type SendGate = {
  /** Resend failed or did not answer: closes for longer each time in a row, or as long as it asks for. */
  unavailable: (failure: { reason: string; retryAfterSeconds: number | null }) => number;
  /** Nothing can be sent until then. Answers for how many seconds it is closed. */
  blocked: (failure: { reason: string; retryAfterSeconds: number; needsSomebody: boolean }) => number;
  /** A mail was accepted. */
  succeeded: () => void;
  /** Seconds until it opens; 0 while it is open. */
  closedForSeconds: () => number;
  state: () => SendGateState;
  /** Drops its timer, at the end of the process. */
  dispose: () => void;
};

const FIRST_PAUSE_SECONDS = 5;
const MAX_PAUSE_SECONDS = 600;

/** Growing pauses: 5 s, 10 s, 20 s ... 10 minutes. */
export const pauseSecondsAfter = (failuresInARow: number): number =>
  Math.min(MAX_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.min(failuresInARow - 1, 10));

export const createSendGate = ({
  onClose,
  onOpen,
  logger,
  nowMs = Date.now,
}: {
  onClose: () => void;
  onOpen: () => void;
  logger: Logger;
  nowMs?: () => number;
}): SendGate => {
  let failuresInARow = 0;
  let timer: NodeJS.Timeout | undefined;
  let closing: { untilMs: number; reason: string; needsSomebody: boolean } | null = null;

  const closedForSeconds = (): number => (closing ? Math.max(0, (closing.untilMs - nowMs()) / 1000) : 0);

  const open = (): void => {
    clearTimeout(timer);
    closing = null;
    onOpen();
  };

  const close = (seconds: number, reason: string, needsSomebody: boolean): number => {
    // Mails that were in hand together fail together: that is one trouble, and the longest pause counts.
    if (closedForSeconds() >= seconds) return closedForSeconds();
    const isNew = closing === null;
    closing = { untilMs: nowMs() + seconds * 1000, reason, needsSomebody };
    clearTimeout(timer);
    timer = setTimeout(open, seconds * 1000);
    if (isNew) onClose();
    const fields = { reason, seconds: Math.round(seconds) };
    if (needsSomebody) logger.error(fields, 'sending is paused: check RESEND_API_KEY, EMAIL_FROM and the domain');
    else logger.warn(fields, 'sending is paused');
    return seconds;
  };

  return {
    unavailable: ({ reason, retryAfterSeconds }) => {
      if (closing === null) failuresInARow += 1;
      return close(Math.max(pauseSecondsAfter(failuresInARow), retryAfterSeconds ?? 0), reason, false);
    },
    blocked: ({ reason, retryAfterSeconds, needsSomebody }) => close(retryAfterSeconds, reason, needsSomebody),
    succeeded: () => {
      failuresInARow = 0;
      if (closing === null) return;
      logger.info('sending again');
      open();
    },
    closedForSeconds,
    state: () => ({
      closed: closedForSeconds() > 0,
      reason: closing?.reason ?? null,
      until: closing ? new Date(closing.untilMs) : null,
      needsSomebody: closing?.needsSomebody ?? false,
    }),
    dispose: () => clearTimeout(timer),
  };
};
