import { expect, test } from 'vitest';
import { CircuitBreaker } from './index';

const breakerAt = (clock: { ms: number }) =>
  new CircuitBreaker({ failuresToOpen: 3, firstPauseMs: 1_000, longestPauseMs: 3_000, now: () => clock.ms });

test('opens after failures in a row, not after failures with a success in between', () => {
  const breaker = breakerAt({ ms: 0 });
  breaker.failed();
  breaker.failed();
  breaker.succeeded();
  breaker.failed();
  breaker.failed();
  expect(breaker.tryPass()).toBe(true);
  expect(breaker.failed()).toBe(true);
  expect(breaker.failed()).toBe(false);
  expect(breaker.tryPass()).toBe(false);
  expect(breaker.waitMs()).toBe(1_000);
});

test('lets one call through after the pause; a failure doubles it up to the longest, a success closes', () => {
  const clock = { ms: 0 };
  const breaker = breakerAt(clock);
  for (let index = 0; index < 3; index += 1) breaker.failed();
  const pauses: number[] = [];
  for (let index = 0; index < 3; index += 1) {
    clock.ms += breaker.waitMs();
    expect(breaker.tryPass()).toBe(true);
    expect(breaker.tryPass()).toBe(false);
    breaker.failed();
    pauses.push(breaker.waitMs());
  }
  expect(pauses).toEqual([2_000, 3_000, 3_000]);
  clock.ms += 3_000;
  expect(breaker.tryPass()).toBe(true);
  breaker.succeeded();
  expect(breaker.isOpen).toBe(false);
  expect(breaker.tryPass()).toBe(true);
});

test('a call that began before it opened does not prolong the pause', () => {
  const clock = { ms: 0 };
  const breaker = breakerAt(clock);
  for (let index = 0; index < 3; index += 1) breaker.failed();
  clock.ms = 500;
  breaker.failed();
  expect(breaker.waitMs()).toBe(500);
});
