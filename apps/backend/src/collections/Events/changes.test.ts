import { describe, expect, it } from 'vitest';
import { wasCalledOff, wasMoved } from './changes';

const event = {
  startsAt: '2026-06-01T18:00:00+00:00',
  endsAt: '2026-06-01T20:00:00+00:00',
  cancelledAt: null,
  capacity: 20,
};
const live = { isLive: true, place: 'Strada Lungă 5, Iași', timeZone: 'Europe/Bucharest', event };
const off = { ...live, event: { ...event, cancelledAt: '2026-05-01T08:00:00+00:00' } };
const later = { ...live, event: { ...event, startsAt: '2026-06-01T18:30:00+00:00' } };
const elsewhere = { ...live, place: 'Piața Unirii, Iași' };
const hidden = { isLive: false };

describe('an event', () => {
  it('is called off once, and only one that people know of', () => {
    expect(wasCalledOff(live, off)).toBe(true);
    expect(wasCalledOff(off, off)).toBe(false);
    expect(wasCalledOff(off, live)).toBe(false);
    expect(wasCalledOff(null, off)).toBe(false);
    expect(wasCalledOff({ ...live, ...hidden }, off)).toBe(false);
    expect(wasCalledOff(live, { ...off, ...hidden })).toBe(false);
  });

  it('is moved in time or place, and not when the same moment is only written otherwise', () => {
    expect(wasMoved(live, later)).toBe(true);
    expect(wasMoved(live, elsewhere)).toBe(true);
    expect(wasMoved(live, { ...live, event: { ...event, startsAt: '2026-06-01T18:00:00.000Z' } })).toBe(false);
    expect(wasMoved(live, { ...live, event: { ...event, capacity: 30 } })).toBe(false);
  });

  it('is not moved where nobody knew of it, or it is called off', () => {
    expect(wasMoved(null, later)).toBe(false);
    expect(wasMoved({ ...live, ...hidden }, later)).toBe(false);
    expect(wasMoved(live, { ...later, ...hidden })).toBe(false);
    expect(wasMoved(live, { ...off, place: elsewhere.place })).toBe(false);
    expect(wasMoved(off, later)).toBe(false);
  });
});
