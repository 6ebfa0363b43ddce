import { afterEach, describe, expect, it, vi } from 'vitest';
import { changeFavorite, forgetFavorites, learnFavorite, shownFavorite } from './browser';

const listing = { kind: 'locations', listingId: 7 };

describe('what was pressed in this tab', () => {
  afterEach(() => {
    forgetFavorites();
    vi.unstubAllGlobals();
  });

  const letGo = (answer: () => Promise<Response>) => {
    vi.stubGlobal('location', { pathname: '/favorites', search: '', assign: vi.fn() });
    vi.stubGlobal('fetch', vi.fn(answer));
    return changeFavorite({ listing, before: true, now: false });
  };

  it('holds against pages that are older than its answer, and yields to those that are newer', async () => {
    await letGo(async () => Response.json({ favorite: false, at: 1_000 }));
    learnFavorite(listing, { isFavorite: true, readAt: 900 });
    expect(shownFavorite(listing)).toBe(false);
    learnFavorite(listing, { isFavorite: true, readAt: 1_100 });
    expect(shownFavorite(listing)).toBe(true);
  });

  it('holds until it is answered', async () => {
    const answered = letGo(async () => Response.json({ favorite: false, at: 1_000 }));
    learnFavorite(listing, { isFavorite: true, readAt: 5_000 });
    expect(shownFavorite(listing)).toBe(false);
    await answered;
  });

  it('is taken back where the site could not keep it', async () => {
    await letGo(async () => Response.json({ message: 'Not now.' }, { status: 503 }));
    expect(shownFavorite(listing)).toBe(true);
  });
});
