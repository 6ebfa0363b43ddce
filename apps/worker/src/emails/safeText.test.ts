import { describe, expect, test } from 'vitest';
import { greetingName, paragraphsOf, safeSubject, safeTitle } from './safeText';

describe('a subject', () => {
  test('is one line, whatever a title holds', () => {
    expect(safeSubject('A\r\nBcc: all@example.com\u2028B\tC\u0000D')).toBe('A Bcc: all@example.com B C D');
  });

  test('loses characters that turn the direction around', () => {
    expect(safeSubject('Hall \u202egnp.exe')).toBe('Hall gnp.exe');
  });

  test('is shortened by whole characters', () => {
    const subject = safeSubject('🏡'.repeat(200));
    expect([...subject]).toHaveLength(150);
    expect(subject.endsWith('🏡…')).toBe(true);
  });
});

describe('a title', () => {
  test.each([
    ['Visit evil.example/x', 'Visit evil.\u200bexample/x'],
    ['http://evil.example', 'http:\u200b//evil.\u200bexample'],
    ['write to a@b.example', 'write to a@\u200bb.\u200bexample'],
  ])('holds nothing that becomes a link: %s', (title, expected) => {
    expect(safeTitle(title)).toBe(expected);
  });

  test('keeps ordinary punctuation', () => {
    expect(safeTitle('St. Anne’s Hall: rooms 1–3 & garden.')).toBe('St. Anne’s Hall: rooms 1–3 & garden.');
  });
});

describe('a greeting', () => {
  test.each(['www.evil', 'https://evil', 'a@b', 'Claim at evil.com', '', ' \n '])('has no name from %j', (name) => {
    expect(greetingName(name)).toBeNull();
  });

  test.each(['Ana Popescu', 'J. R. Smith', 'Ștefan-Cătălin', '李小龍'])('keeps %s', (name) => {
    expect(greetingName(name)).toBe(name);
  });
});

test('paragraphs are the lines that hold something', () => {
  expect(paragraphsOf('One\r\n\r\n two \nhttps://convene.example/rules')).toEqual([
    'One',
    'two',
    'https://convene.example/rules',
  ]);
});
