import { describe, expect, it } from 'vitest';
import { replaceSection } from './report';
import { markdownTable, quantile } from './table';

describe('markdownTable', () => {
  it('makes columns as wide as their cells and aligns numbers to the right', () => {
    expect(
      markdownTable(
        [{ title: 'what' }, { title: 'n', align: 'right' }],
        [
          ['views', '1,000'],
          ['x', '2'],
        ],
      ),
    ).toBe(['| what  |     n |', '|-------|------:|', '| views | 1,000 |', '| x     |     2 |'].join('\n'));
  });
});

describe('quantile', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)]).toEqual([50, 99, 100]);
    expect(quantile([7], 0.5)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('replaceSection', () => {
  const document = 'a\n<!-- feed -->\nold\n<!-- /feed -->\nb';

  it('replaces what stands between the marks and nothing else', () => {
    expect(replaceSection(document, 'feed', 'new')).toBe('a\n<!-- feed -->\nnew\n<!-- /feed -->\nb');
  });

  it('refuses a section that the document does not have', () => {
    expect(() => replaceSection(document, 'ingest', 'new')).toThrow('no section');
  });
});
