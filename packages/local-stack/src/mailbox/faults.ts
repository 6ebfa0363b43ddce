import { z } from 'zod';
import { ResendError } from './resendApi';

const when = z.enum(['before', 'after']).default('before');
const common = {
  /** How many requests it meets. */
  times: z.int().min(1).max(10_000).default(1),
  /** Only requests to this address. */
  to: z.string().optional(),
};

/**
 * What the next sends meet: an error answer, silence, or a cut connection. With `when: 'after'` the mail was taken
 * all the same and only the answer is lost.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfterSeconds: z.int().min(0).optional(),
    name: z.string().optional(),
    message: z.string().optional(),
    ...common,
  }),
  /** This address is refused as none; in a permissive batch it alone, else all of the request. */
  z.object({ kind: z.literal('invalid-address'), ...common, to: z.string() }),
  z.object({ kind: z.literal('timeout'), when, ...common }),
  z.object({ kind: z.literal('cut'), when, ...common }),
]);
export type Fault = z.output<typeof faultSchema>;
/** What a request as a whole can meet. */
export type RequestFault = Exclude<Fault, { kind: 'invalid-address' }>;
export type FaultInput = z.input<typeof faultSchema>;

/** The ways to fail that a person chooses from on the page: each a fault without its times and its address. */
export const faultScenarios = {
  '429, try again in 5 s': { kind: 'status', status: 429, retryAfterSeconds: 5 },
  '429 without Retry-After': { kind: 'status', status: 429 },
  '429, daily quota used up (for 1 min)': {
    kind: 'status',
    status: 429,
    name: 'daily_quota_exceeded',
    message: 'You have reached your daily email sending quota.',
    retryAfterSeconds: 60,
  },
  '500, internal error': { kind: 'status', status: 500 },
  '503, not available': { kind: 'status', status: 503 },
  '401, no API key': { kind: 'status', status: 401 },
  '422, invalid address': { kind: 'status', status: 422, message: 'Invalid `to` field.' },
  '409, key known with another body': { kind: 'status', status: 409 },
  'No answer, mail not taken': { kind: 'timeout' },
  'No answer, mail taken': { kind: 'timeout', when: 'after' },
  'Connection cut, mail not taken': { kind: 'cut' },
  'Connection cut, mail taken': { kind: 'cut', when: 'after' },
} as const satisfies Record<string, FaultInput>;

export const controlSchema = z.object({
  faults: z.array(faultSchema).default([]),
  /** Each send takes this long. */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** null lifts the limit. */
  requestsPerSecond: z.int().min(1).nullable().optional(),
});

/** The faults that wait for a request, in the order they were asked for. */
export class FaultPlan {
  #pending: Fault[] = [];

  add(faults: Fault[]): void {
    this.#pending.push(...faults.map((fault) => ({ ...fault })));
  }

  clear(): void {
    this.#pending = [];
  }

  list(): Fault[] {
    return this.#pending.map((fault) => ({ ...fault }));
  }

  /** The fault that a send to these addresses meets; it is used up by one. */
  take(recipients: string[]): RequestFault | undefined {
    for (const fault of this.#pending) {
      if (fault.kind === 'invalid-address') continue;
      if (fault.to !== undefined && !recipients.includes(fault.to.toLowerCase())) continue;
      this.#use(fault);
      return fault;
    }
    return undefined;
  }

  /** Those of the addresses that are refused this time. */
  takeInvalid(recipients: string[]): Set<string> {
    const invalid = new Set<string>();
    for (const fault of this.#pending) {
      const address = fault.to?.toLowerCase() ?? '';
      if (fault.kind !== 'invalid-address' || !recipients.includes(address)) continue;
      this.#use(fault);
      invalid.add(address);
    }
    return invalid;
  }

  #use(fault: Fault): void {
    fault.times -= 1;
    this.#pending = this.#pending.filter(({ times }) => times > 0);
  }
}

const answersByStatus: Record<number, { name: string; message: string }> = {
  401: { name: 'missing_api_key', message: 'Missing API key in the authorization header.' },
  403: { name: 'invalid_api_key', message: 'API key is invalid.' },
  409: {
    name: 'invalid_idempotent_request',
    message: 'Same idempotency key used with a different request payload.',
  },
  422: { name: 'validation_error', message: 'We found an error with one or more fields in the request.' },
  429: { name: 'rate_limit_exceeded', message: 'Too many requests. Please limit the number of requests per second.' },
  500: { name: 'internal_server_error', message: 'An unexpected error occurred.' },
};

export const errorOf = (fault: Extract<Fault, { kind: 'status' }>): ResendError => {
  const usual = answersByStatus[fault.status] ?? {
    name: 'application_error',
    message: 'An unexpected error occurred.',
  };
  return new ResendError(
    fault.status,
    fault.name ?? usual.name,
    fault.message ?? usual.message,
    fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) },
  );
};
