import { ConveneError } from '@convene/common/errors';
import { type FormProof, type FormVerdict, judgeForm } from '@convene/common/forms';
import { env } from '../env';

const messages = {
  trapped: 'This form was not filled in by hand. Please write to us by mail if it was.',
  forged: 'Please load the page again and send the form once more.',
  'too-old': 'This page was open for too long. Please load it again and send the form once more.',
  'too-fast': 'That was very fast. Please wait a moment and send it again.',
} as const satisfies Record<Exclude<FormVerdict, 'human'>, string>;

/**
 * Lets people through and programs not. Who is mistaken for one is told what to do.
 *
 * @throws ConveneError not-human
 */
export const requireHuman = (form: FormProof, now = new Date()): void => {
  const verdict = judgeForm(form, { secret: env.SERVICE_TOKEN, now });
  if (verdict !== 'human') throw new ConveneError('not-human', messages[verdict]);
};
