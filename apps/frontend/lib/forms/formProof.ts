import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FormProof, formProofSchema, judgeForm, MIN_FILL_MS, makeFormStamp } from '@convene/common/forms';
import { env } from '@/env';

/* What the backend asks of every form that writes: when it was opened, signed, and a field that people leave empty. */

export const STAMP_FIELD = 'stamp';
export const TRAP_FIELD = 'homepage';

/** The hidden field of a form that is shown now. */
export const formStamp = (): { [STAMP_FIELD]: string } => ({
  [STAMP_FIELD]: makeFormStamp(env.SERVICE_TOKEN, new Date()),
});

/**
 * The proof as it was sent. Who was quick is not refused (a short answer is quick to write) but waits out the rest of
 * the time that the backend asks for.
 */
export const formProofOf = async (form: FormData): Promise<FormProof> => {
  const proof = formProofSchema.parse({
    stamp: String(form.get(STAMP_FIELD) ?? '').slice(0, 200),
    homepage: String(form.get(TRAP_FIELD) ?? '').slice(0, 1_000),
  });
  const openedMs = Number.parseInt(proof.stamp.split('.')[0] ?? '', 36);
  const restMs = openedMs + MIN_FILL_MS - Date.now();
  if (judgeForm(proof, { secret: env.SERVICE_TOKEN, now: new Date() }) === 'too-fast' && restMs > 0) {
    await sleep(Math.min(restMs, MIN_FILL_MS) + 20);
  }
  return proof;
};
