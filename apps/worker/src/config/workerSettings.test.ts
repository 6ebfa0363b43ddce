import { expect, test } from 'vitest';
import { workerSettings } from './workerSettings';

test.each([
  [{ NODE_ENV: 'production' }, 5, 3, 60_000],
  [{ NODE_ENV: 'production', APP_ENV: 'staging' }, 2, 1, 120_000],
  [{ NODE_ENV: 'development' }, 1, 1, 120_000],
  [{ NODE_ENV: 'test' }, 1, 1, 120_000],
  [{ NODE_ENV: 'development', APP_ENV: 'production' }, 5, 3, 60_000],
] as const)('%j', (env, notifications, maintenance, lockDurationMs) => {
  const settings = workerSettings(env);
  expect(settings.notifications).toEqual({ concurrency: notifications, lockDurationMs });
  expect(settings.maintenance).toEqual({ concurrency: maintenance, lockDurationMs });
});

test('a call to Resend ends before the process has to', () => {
  const settings = workerSettings({ NODE_ENV: 'production' });
  expect(settings.resendTimeoutMs).toBeLessThan(settings.shutdownDeadlineMs);
});

test('the guard of the checks for lost jobs is over at the next poll', () => {
  const settings = workerSettings({ NODE_ENV: 'production' });
  expect(settings.stalledIntervalMs).toBeLessThan(settings.stalledPollMs);
  expect(2 * settings.stalledPollMs).toBeLessThanOrEqual(15_000);
});
