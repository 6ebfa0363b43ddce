import { expect, it } from 'vitest';
import { dateTimeFormat, numberFormat } from '.';

const time = { timeZone: 'Europe/Bucharest', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

it('makes a formatter once', () => {
  expect(dateTimeFormat('en', { ...time })).toBe(dateTimeFormat('en', { ...time }));
  expect(numberFormat('en', { style: 'percent' })).toBe(numberFormat('en', { style: 'percent' }));
});

it('makes one for each language and each way of showing', () => {
  const moment = new Date('2026-01-15T22:30:00Z');
  expect(dateTimeFormat('en', time).format(moment)).toBe('00:30');
  expect(dateTimeFormat('en', { ...time, timeZone: 'Asia/Tokyo' }).format(moment)).toBe('07:30');
  expect(numberFormat('en', { style: 'percent' }).format(0.5)).toBe('50%');
  expect(numberFormat('ro', { minimumFractionDigits: 1 }).format(0.5)).toBe('0,5');
});

it('keeps nothing of what the runtime does not know', () => {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    expect(() => dateTimeFormat('en', { timeZone: 'Mars/Olympus' })).toThrow(RangeError);
    expect(() => numberFormat('en', { style: 'currency', currency: 'no' })).toThrow(RangeError);
  }
});

it('still tells them apart after more of them than it keeps', () => {
  // 420 ways of showing in three languages: no two of the thousand are alike.
  const digits = (count: number) =>
    numberFormat(['en-GB', 'en-US', 'en-AU'][Math.floor(count / 420)] ?? 'en', {
      minimumFractionDigits: count % 20,
      minimumIntegerDigits: 1 + (count % 21),
    });
  const first = digits(0);
  for (let count = 0; count < 1_000; count += 1) {
    const text = digits(count).format(0);
    expect(text.replaceAll(',', '').split('.')[0]).toHaveLength(1 + (count % 21));
    expect(text.split('.')[1] ?? '').toHaveLength(count % 20);
  }
  expect(digits(0)).not.toBe(first);
});
