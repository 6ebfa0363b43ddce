import { expect, it } from 'vitest';
import { csvText } from './csvText';

it('is a file that spreadsheets open, and in which nobody’s words are a formula', () => {
  const rows = [
    ['=HYPERLINK("http://evil.example")', 1, new Date('2026-01-02T03:04:05Z')],
    ['a "quoted", title', 0.5, null],
  ];
  expect(csvText(['title', 'count', 'at'], rows)).toBe(
    'title,count,at\r\n' +
      '"\'=HYPERLINK(""http://evil.example"")",1,2026-01-02T03:04:05.000Z\r\n' +
      '"a ""quoted"", title",0.5,\r\n',
  );
});

it('has its headings where there is nothing', () => {
  expect(csvText(['a', 'b'], [])).toBe('a,b\r\n');
});
