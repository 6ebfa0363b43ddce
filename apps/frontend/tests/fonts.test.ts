import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fontSources, isIn, latin, makeFont, rangesOf, romanian } from '../cli/fontFiles';

const directory = path.resolve(import.meta.dirname, '../app/fonts');

describe('the typefaces', () => {
  it.each(Object.entries(fontSources))('%s is as its command makes it', async (name, source) => {
    expect((await makeFont(source)).equals(await readFile(path.join(directory, name)))).toBe(true);
  });

  it('leave to the files of the rest what they have not themselves', async () => {
    const code = await readFile(path.join(directory, 'fonts.ts'), 'utf8');
    const ranges = [...code.matchAll(/'(U\+[^']+)'/g)].map(([, range = '']) => rangesOf(range));
    expect(ranges).toHaveLength(2);
    for (const rest of ranges) {
      expect(isIn(rest, 'Ł'.charCodeAt(0))).toBe(true);
      for (const [from, to] of [...latin, ...romanian]) {
        for (let point = from; point <= to; point += 1) expect(isIn(rest, point), point.toString(16)).toBe(false);
      }
    }
  });

  it.each(['en', 'ro'])('have every character that the site says in %s', async (locale) => {
    const texts = await readFile(path.resolve(import.meta.dirname, `../messages/${locale}.json`), 'utf8');
    const missing = [...new Set(texts)].filter((character) => {
      const point = character.codePointAt(0) ?? 0;
      return point >= 0x20 && !isIn(latin, point) && !isIn(romanian, point);
    });
    expect(missing).toEqual([]);
  });
});
