import { refusals } from '@convene/common/market';
import { getTranslations } from 'next-intl/server';
import type { z } from 'zod';
import { isConveneError } from '@/lib/backend/errors';
import { formStamp } from './formProof';
import type { FormState } from './state';

/** Fields that a form may have an error on; their messages lie under `forms.errors`. */
const fieldNames = [
  'displayName',
  'name',
  'email',
  'password',
  'newPassword',
  'subject',
  'message',
  'text',
  'rating',
  'seats',
  'startsAt',
  'endsAt',
  'note',
  'reason',
  'details',
  'legalName',
  'website',
  'bio',
  'code',
] as const;
type FieldName = (typeof fieldNames)[number];

/** A field whose rule is another one in this form. */
export type FieldMessages = Partial<Record<FieldName, 'passwordMissing' | 'claimText'>>;

type Sent = { previous: FormState; values: FormState['values'] };

const failed = ({ previous, values }: Sent, rest: Pick<FormState, 'fieldErrors' | 'message'>): FormState => ({
  attempt: previous.attempt + 1,
  status: 'failed',
  values,
  isLinkSpent: false,
  ...rest,
});

/** The form is through, and says so. */
export const succeeded = (previous: FormState, message: string | null = null): FormState => ({
  attempt: previous.attempt + 1,
  status: 'done',
  values: {},
  fieldErrors: {},
  message,
  isLinkSpent: false,
});

/** The form again, with the fields marked that have an issue. */
export const withFieldErrors = async (
  sent: Sent,
  issues: { path: string }[],
  messages: FieldMessages = {},
): Promise<FormState> => {
  const t = await getTranslations('forms.errors');
  const wrong = fieldNames.filter((name) => issues.some(({ path }) => path.split('.')[0] === name));
  if (wrong.length === 0) return failed(sent, { fieldErrors: {}, message: t('refused') });
  const fieldErrors = Object.fromEntries(wrong.map((name) => [name, t(messages[name] ?? name)]));
  return failed(sent, { fieldErrors, message: t('summary') });
};

export const pathsOf = (error: z.ZodError): { path: string }[] =>
  error.issues.map(({ path }) => ({ path: path.map(String).join('.') }));

/** The form again, with what the backend had against it. Errors that are not its own go on. */
export const withBackendError = async (
  sent: Sent,
  error: unknown,
  messages: FieldMessages = {},
): Promise<FormState> => {
  if (!isConveneError(error)) throw error;
  const t = await getTranslations('forms.errors');
  const say = (message: string) => failed(sent, { fieldErrors: {}, message });
  const refusal = refusals.find((name) => name === error.reason);
  if (refusal) return say((await getTranslations('forms.refusals'))(refusal));
  switch (error.code) {
    case 'wrong-credentials':
      return say(t(messages.password === 'passwordMissing' ? 'ownPassword' : 'credentials'));
    case 'invalid-token':
      return { ...say(t('token')), isLinkSpent: true };
    case 'too-many-requests':
      return say(t('tooMany'));
    case 'unavailable':
      return say(t('unavailable'));
    case 'not-found':
      return say(t('gone'));
    // What was typed comes back with a new stamp: the next try is a fresh one.
    case 'not-human':
      return failed({ ...sent, values: { ...sent.values, ...formStamp() } }, { fieldErrors: {}, message: t('stale') });
    case 'invalid-input':
      return withFieldErrors(sent, error.issues ?? [], messages);
    default:
      return say(t('refused'));
  }
};

/** The form again, refused for a reason that is nobody's field. */
export const refused = async (sent: Sent): Promise<FormState> =>
  failed(sent, { fieldErrors: {}, message: (await getTranslations('forms.errors'))('refused') });
