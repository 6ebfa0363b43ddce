import { type BookingStatus, bookingStatuses } from '@convene/common/market';
import { describe, expect, it } from 'vitest';
import { type BookingActor, refuseTransition } from './stateMachine';

const endsAt = new Date('2026-06-01T12:00:00Z');
const before = new Date('2026-06-01T11:59:59Z');
const after = endsAt;

const actors: BookingActor[] = ['client', 'owner', 'staff', 'system'];

/** Who may, before the end and after it: one letter an actor, in their order. */
const allowed = (from: BookingStatus, to: BookingStatus, now: Date): string =>
  actors.map((by) => (refuseTransition({ from, to, by, endsAt }, now) === null ? by.charAt(0) : '-')).join('');

const table: [BookingStatus, BookingStatus, string, string][] = [
  ['requested', 'confirmed', '-os-', '----'],
  ['requested', 'declined', '-os-', '-os-'],
  ['requested', 'cancelled', 'c-ss', 'c-ss'],
  ['confirmed', 'cancelled', 'coss', '----'],
  ['confirmed', 'completed', '----', '-oss'],
];

describe('a booking', () => {
  it.each(table)('from %s to %s: %s before its end, %s after it', (from, to, early, late) => {
    expect(allowed(from, to, before)).toBe(early);
    expect(allowed(from, to, after)).toBe(late);
  });

  it('takes no other step, whoever asks', () => {
    const known = new Set(table.map(([from, to]) => `${from} ${to}`));
    for (const from of bookingStatuses) {
      for (const to of bookingStatuses) {
        if (known.has(`${from} ${to}`)) continue;
        for (const by of actors) {
          for (const now of [before, after]) {
            expect(refuseTransition({ from, to, by, endsAt }, now)).toBe('no-such-step');
          }
        }
      }
    }
  });

  it('says why not', () => {
    const confirm = { from: 'requested', to: 'confirmed', endsAt } as const;
    expect(refuseTransition({ ...confirm, by: 'client' }, before)).toBe('not-yours');
    expect(refuseTransition({ ...confirm, by: 'owner' }, after)).toBe('too-late');
    expect(refuseTransition({ from: 'confirmed', to: 'completed', by: 'owner', endsAt }, before)).toBe('too-early');
  });
});
