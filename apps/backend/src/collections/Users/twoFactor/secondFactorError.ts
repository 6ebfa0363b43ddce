import { APIError } from 'payload';
import { z } from 'zod';
import { isApiError } from '../../../utils/payloadErrors';

type Reason = 'code-needed' | 'code-wrong';

const messages = {
  'code-needed': 'The code of your authenticator app is needed too.',
  'code-wrong': 'That code is not valid, or it was used already.',
} as const satisfies Record<Reason, string>;

/** Payload answers a REST or GraphQL sign-in by it, our endpoints by their own shape. */
export const secondFactorError = (reason: Reason): APIError => new APIError(messages[reason], 401, { reason }, true);

const dataSchema = z.object({ reason: z.enum(['code-needed', 'code-wrong']) });

/** Not by its class: the hook that threw it may live in another of Next's bundles. */
export const secondFactorReason = (error: unknown): Reason | null =>
  isApiError(error) ? (dataSchema.safeParse(error.data).data?.reason ?? null) : null;
