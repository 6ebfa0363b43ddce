import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSendGate, pauseSecondsAfter, type SendGate } from './sendGate';

let events: string[];
let gate: SendGate;

beforeEach(() => {
  vi.useFakeTimers();
  events = [];
  gate = createSendGate({
    onClose: () => events.push('closed'),
    onOpen: () => events.push('opened'),
    logger: pino({ level: 'silent' }),
  });
});

afterEach(() => {
  gate.dispose();
  vi.useRealTimers();
});

test('pauses grow up to ten minutes', () => {
  expect([1, 2, 3, 7, 8, 100].map(pauseSecondsAfter)).toEqual([5, 10, 20, 320, 600, 600]);
});

describe('while Resend fails', () => {
  const fail = () => gate.unavailable({ reason: 'r', retryAfterSeconds: null });

  test('it closes once for what fails together, and opens by itself', () => {
    expect(fail()).toBe(5);
    expect(fail()).toBe(5);
    expect(gate.state()).toMatchObject({ closed: true, reason: 'r', needsSomebody: false });
    vi.advanceTimersByTime(5_000);
    expect(events).toEqual(['closed', 'opened']);
    expect(gate.closedForSeconds()).toBe(0);
  });

  test('each failure after it opened makes the next pause longer, a mail that is accepted resets it', () => {
    fail();
    vi.advanceTimersByTime(5_000);
    expect(fail()).toBe(10);
    vi.advanceTimersByTime(10_000);
    gate.succeeded();
    expect(fail()).toBe(5);
  });

  test('a longer time that Resend asks for counts', () => {
    expect(gate.unavailable({ reason: 'r', retryAfterSeconds: 60 })).toBe(60);
    vi.advanceTimersByTime(59_000);
    expect(gate.closedForSeconds()).toBe(1);
  });

  test('a mail in hand that is accepted opens it at once', () => {
    fail();
    gate.succeeded();
    expect(events).toEqual(['closed', 'opened']);
    vi.advanceTimersByTime(60_000);
    expect(events).toEqual(['closed', 'opened']);
  });
});

test('a bad key closes it until somebody has a look', () => {
  expect(gate.blocked({ reason: 'key', retryAfterSeconds: 300, needsSomebody: true })).toBe(300);
  expect(gate.state()).toMatchObject({ closed: true, needsSomebody: true });
});
