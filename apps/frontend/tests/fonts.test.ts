import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fontSources, isIn, latin, makeFont, romanian, unicodeRange } from '../cli/fontFiles';

const directory = path.resolve(import.meta.dirname, '../app/fonts');

describe('the typefaces', () => {
  it.each(Object.entries(fontSources))('%s is as its command makes it', async (name, source) => {
    expect((await makeFont(source)).equals(await readFile(path.join(directory, name)))).toBe(true);
  });

  it('say by which characters a page needs which file', async () => {
    const code = await readFile(path.join(directory, 'fonts.ts'), 'utf8');
    expect(code.split(`value: '${unicodeRange(romanian)}'`)).toHaveLength(3);
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
