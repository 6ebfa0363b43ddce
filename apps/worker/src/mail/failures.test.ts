import { describe, expect, test } from 'vitest';
import { classifyFailure, type ResendFailure, retryAfterSecondsOf, toMailError } from './failures';

const now = new Date('2026-03-10T21:00:00Z');

const failure = (name: string, statusCode: number | null, headers: Record<string, string> | null = null) =>
  classifyFailure({ name, statusCode, message: 'm', headers } satisfies ResendFailure, now);

describe('what an error of Resend means', () => {
  test.each([
    ['rate_limit_exceeded', 429, { kind: 'rate-limited', retryAfterSeconds: 1 }],
    ['internal_server_error', 500, { kind: 'unavailable', retryAfterSeconds: null }],
    ['application_error', 503, { kind: 'unavailable', retryAfterSeconds: null }],
    ['application_error', null, { kind: 'unavailable', retryAfterSeconds: null }],
    ['validation_error', 422, { kind: 'refused' }],
    ['validation_error', 400, { kind: 'refused' }],
    ['invalid_parameter', 422, { kind: 'refused' }],
    ['missing_required_field', 422, { kind: 'refused' }],
    ['invalid_api_key', 403, { kind: 'blocked', retryAfterSeconds: 300, needsSomebody: true }],
    ['missing_api_key', 401, { kind: 'blocked', retryAfterSeconds: 300, needsSomebody: true }],
    ['restricted_api_key', 401, { kind: 'blocked', retryAfterSeconds: 300, needsSomebody: true }],
    ['validation_error', 403, { kind: 'blocked', retryAfterSeconds: 300, needsSomebody: true }],
    ['invalid_from_address', 422, { kind: 'blocked', retryAfterSeconds: 300, needsSomebody: true }],
    ['not_found', 404, { kind: 'blocked', retryAfterSeconds: 300, needsSomebody: true }],
    ['daily_quota_exceeded', 429, { kind: 'blocked', retryAfterSeconds: 10_860, needsSomebody: false }],
    ['invalid_idempotent_request', 409, { kind: 'conflict' }],
    ['concurrent_idempotent_requests', 409, { kind: 'in-progress' }],
  ])('%s (%s)', (name, statusCode, expected) => {
    expect(failure(name, statusCode)).toEqual(expected);
  });

  test('the time that Resend asks for is honoured', () => {
    expect(failure('rate_limit_exceeded', 429, { 'retry-after': '7' })).toMatchObject({ retryAfterSeconds: 7 });
    expect(failure('application_error', 503, { 'retry-after': '120' })).toMatchObject({ retryAfterSeconds: 120 });
    expect(failure('monthly_quota_exceeded', 429, { 'retry-after': '999999' })).toMatchObject({
      retryAfterSeconds: 86_400,
    });
  });
});

test.each([
  [null, null],
  [{}, null],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '' }, null],
  [{ 'retry-after': '-4' }, null],
  [{ 'retry-after': '3' }, 3],
  [{ 'retry-after': 'Tue, 10 Mar 2026 21:01:30 GMT' }, 90],
  [{ 'retry-after': 'Tue, 10 Mar 2026 20:00:00 GMT' }, 0],
  [{ 'ratelimit-reset': '2' }, 2],
  [{ 'retry-after': '5', 'ratelimit-reset': '2' }, 5],
])('retry-after of %j', (headers, expected) => {
  expect(retryAfterSecondsOf(headers, now)).toBe(expected);
});

test('the message keeps no address', () => {
  const error = toMailError(
    { name: 'validation_error', statusCode: 422, message: 'Invalid `to`: "Ana <ana@example.com>"', headers: null },
    now,
  );
  expect(error.message).toBe('Resend: validation_error (422): Invalid `to`: "Ana <[address]>"');
});
