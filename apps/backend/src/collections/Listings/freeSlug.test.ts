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

  it('knows no reserved word that a title could not become', () => {
    for (const word of reservedSlugs) expect(word).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
