import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstFree, reservedSlugs } from './freeSlug';

describe('firstFree', () => {
  it.each([
    ['old-barn', [], 'old-barn'],
    ['old-barn', ['old-barn'], 'old-barn-2'],
    ['old-barn', ['old-barn', 'old-barn-2', 'old-barn-4'], 'old-barn-3'],
    ['old-barn', ['old-barn-2'], 'old-barn'],
    // An address of the site's own.
    ['new', [], 'new-2'],
    ['in', ['in-2'], 'in-3'],
  ])('%s beside %j is %s', (wanted, taken, slug) => {
    expect(firstFree(wanted, new Set(taken))).toBe(slug);
  });

  it('leaves the site every word that stands beside a listing in its addresses', () => {
    const pages = path.join(import.meta.dirname, '../../../../frontend/app/[kind]');
    const words = readdirSync(pages, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name))
      .map(({ name }) => name);
    expect(words).toEqual(expect.arrayContaining(['in', 'type']));
    for (const word of words) expect(firstFree(word, new Set())).toBe(`${word}-2`);
  });

  it('knows no reserved word that a title could not become', () => {
    for (const word of reservedSlugs) expect(word).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
