import { errorAnswerSchema } from '@convene/common/errors';
import type { QueueItem } from './queueItem';
import type { DecisionInput } from './subjects';

export type Sent = { ok: true } | { ok: false; message: string; isGone: boolean };

/** Sends one decision, and tells in words what became of it. */
export const sendDecision = async ({
  item: { subject, kind, id, seen },
  decision,
  reason,
}: {
  item: QueueItem;
  decision: DecisionInput['decision'];
  reason: string;
}): Promise<Sent> => {
  const body: DecisionInput = { subject, id, seen, decision, ...(kind ? { kind } : {}), ...(reason ? { reason } : {}) };
  try {
    const answer = await fetch('/api/moderation', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.ok) return { ok: true };
    const told = errorAnswerSchema.safeParse(await answer.json()).data?.error;
    return {
      ok: false,
      message: told?.message ?? `The server answered ${answer.status}. Nothing was decided.`,
      isGone: told?.reason === 'decided',
    };
  } catch {
    // The answer is lost, not always the decision: the page is read anew and shows which.
    return { ok: false, message: 'The server can’t be reached. Try again.', isGone: false };
  }
};
