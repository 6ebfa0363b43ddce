import { describe, expect, it } from 'vitest';
import { safeNextPath } from '@/lib/session/safeNextPath';
import { resumedPath, unresumedPath } from './draft';

describe('the way back to a form', () => {
  it('is marked whatever its address has', () => {
    expect(resumedPath('/events/supper/book')).toBe('/events/supper/book?resumed=1');
    expect(resumedPath('/account/messages/a?sent=1')).toBe('/account/messages/a?sent=1&resumed=1');
    expect(resumedPath('/a?b=1#c')).toBe('/a?b=1&resumed=1#c');
  });

  it('loses the mark, and nothing else, once the text is back', () => {
    for (const path of ['/events/supper/book', '/account/messages/a?sent=1', '/a?b=1&c=2#d']) {
      expect(unresumedPath(resumedPath(path))).toBe(path);
      expect(unresumedPath(path)).toBe(path);
    }
  });

  it('is one that sign-in leads to', () => {
    const path = resumedPath('/locations/hall/message');
    expect(safeNextPath(path, '/account')).toBe(path);
  });
});
