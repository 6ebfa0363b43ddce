import { z } from 'zod';

/** The one shape of an error answer of Convene's own endpoints. */
export const errorAnswerSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** Which of several things with the same code it was, for whoever words it anew. */
    reason: z.string().optional(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});
export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;
export type ErrorIssue = NonNullable<ErrorAnswer['error']['issues']>[number];

/** What a code means to HTTP; one place, so that a new code needs a status. */
export const statusByErrorCode = {
  'bad-json': 400,
  'invalid-input': 400,
  'invalid-token': 400,
  'not-human': 400,
  unauthenticated: 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  internal: 500,
  'upstream-failed': 502,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof statusByErrorCode;

const brand = Symbol.for('convene.error');

/**
 * An error whose message may be shown to whoever caused it.
 *
 * Next bundles each route by itself, so a process can hold this class several times; `instanceof ConveneError` knows
 * them all by their brand.
 */
export class ConveneError extends Error {
  override readonly name: string = 'ConveneError';
  readonly [brand] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    // Classes made from this one are told apart in the ordinary way.
    // biome-ignore lint/complexity/noThisInStatic: which class is asked is the point
    if (this !== ConveneError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && brand in value;
  }

  readonly code: ErrorCode;
  /** Does the same request have a chance later? */
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly issues: ErrorIssue[] | undefined;
  readonly reason: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { issues?: ErrorIssue[]; reason?: string; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.issues = options.issues;
    this.reason = options.reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.retryable = code === 'unavailable' || code === 'too-many-requests' || code === 'upstream-failed';
  }

  get status(): number {
    return statusByErrorCode[this.code];
  }

  toAnswer(): ErrorAnswer {
    const { code, message, reason, issues } = this;
    return { error: { code, message, ...(reason ? { reason } : {}), ...(issues ? { issues } : {}) } };
  }
}

/** A zod error as issues with dotted paths. */
export const issuesOf = (error: z.ZodError): ErrorIssue[] =>
  error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));

/** Parses, or throws `invalid-input` with every issue. */
export const parseInput = <T>(schema: z.ZodType<T>, value: unknown, what = 'The request'): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConveneError('invalid-input', `${what} is not valid.`, { issues: issuesOf(parsed.error) });
};
