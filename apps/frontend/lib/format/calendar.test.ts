import { describe, expect, it } from 'vitest';
import { calendarFile } from './calendar';
import { instantOf, wallClockOf } from './wallClock';

describe('a calendar file', () => {
  const file = (changes: object = {}) =>
    calendarFile(
      {
        uid: 'booking-7@convene.example',
        startsAt: '2026-05-31T15:30:00.000Z',
        endsAt: '2026-05-31T18:00:00+02:00',
        title: 'Supper, slow; with friends',
        description: 'One line\nand another',
        url: 'https://convene.example/events/supper',
        status: 'CONFIRMED',
        ...changes,
      },
      new Date('2026-05-01T00:00:00Z'),
    );

  it('holds its times in UTC and its texts escaped', () => {
    const lines = file().split('\r\n');
    expect(lines).toContain('DTSTART:20260531T153000Z');
    expect(lines).toContain('DTEND:20260531T160000Z');
    expect(lines).toContain('SUMMARY:Supper\\, slow\\; with friends');
    expect(lines).toContain('DESCRIPTION:One line\\nand another');
    expect(lines.at(-1)).toBe('');
  });

  it('lets no text begin a line of its own, and folds long ones between characters', () => {
    const title = `${'ș'.repeat(80)}\r\nATTENDEE:mailto:x@example.com`;
    const lines = file({ title }).split('\r\n');
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(lines.join('').replaceAll('ș ș', 'șș')).toContain('ș'.repeat(80));
  });
});

describe('a clock on the wall', () => {
  it('is read in its own zone, in summer and in winter', () => {
    expect(instantOf('2026-05-31T18:30', 'Europe/Bucharest')?.toISOString()).toBe('2026-05-31T15:30:00.000Z');
    expect(instantOf('2026-01-31T18:30', 'Europe/Bucharest')?.toISOString()).toBe('2026-01-31T16:30:00.000Z');
    expect(instantOf('2026-01-31T18:30', 'America/New_York')?.toISOString()).toBe('2026-01-31T23:30:00.000Z');
  });

  it('has an hour twice in autumn and one too few in spring', () => {
    expect(instantOf('2026-10-25T03:30', 'Europe/Bucharest')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('2026-03-29T03:30', 'Europe/Bucharest')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('shows what it was set to', () => {
    const moment = new Date('2026-07-14T21:05:00Z');
    for (const zone of ['UTC', 'Europe/Bucharest', 'Asia/Kathmandu', 'Pacific/Auckland']) {
      expect(instantOf(wallClockOf(moment, zone), zone)).toEqual(moment);
    }
  });

  it('is nothing where the text is none', () => {
    for (const text of ['', '2026-05-31', '2026-13-41T18:30', 'tomorrow', '2026-05-31T18:30:00Z']) {
      expect(instantOf(text, 'UTC')).toBeNull();
    }
  });
});
