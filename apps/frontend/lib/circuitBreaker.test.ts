import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuitBreaker';

describe('CircuitBreaker', () => {
  it('opens after failures in a row, lets one probe through, and closes on its success', () => {
    let nowMs = 0;
    const breaker = new CircuitBreaker({ failuresToOpen: 3, openForMs: 1_000, now: () => nowMs });
    expect([breaker.failed(), breaker.failed()]).toEqual([false, false]);
    breaker.succeeded();
    expect([breaker.failed(), breaker.failed(), breaker.allows()]).toEqual([false, false, true]);
    expect(breaker.failed()).toBe(true);
    expect([breaker.isOpen, breaker.allows()]).toEqual([true, false]);
    nowMs = 1_000;
    expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
    expect(breaker.failed()).toBe(false);
    expect(breaker.allows()).toBe(false);
    nowMs = 2_000;
    expect(breaker.allows()).toBe(true);
    breaker.succeeded();
    expect([breaker.isOpen, breaker.allows(), breaker.allows()]).toEqual([false, true, true]);
  });
});
