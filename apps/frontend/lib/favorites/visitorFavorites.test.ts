import { MOST_VISITOR_FAVORITES } from '@convene/common/api';
import { describe, expect, it } from 'vitest';
import { changedFavorites, readFavorites, type SavedListing, writeFavorites } from './visitorFavorites';

const hall: SavedListing = { kind: 'locations', listingId: 12 };
const supper: SavedListing = { kind: 'events', listingId: 4 };

describe('the favourites of a visitor', () => {
  it('come back from the cookie as they went in', () => {
    expect(writeFavorites([hall, supper])).toBe('l12.e4');
    expect(readFavorites('l12.e4')).toEqual([hall, supper]);
    expect(readFavorites(undefined)).toEqual([]);
  });

  it('are each there once, and nothing else is taken from a cookie', () => {
    expect(readFavorites('l12.l12.x9.e.e0.e04.s99999999999.s2147483648.<script>.e4')).toEqual([hall, supper]);
    const flood = Array.from({ length: 400 }, (_, index) => `s${index + 1}`).join('.');
    expect(readFavorites(flood)).toHaveLength(MOST_VISITOR_FAVORITES);
  });

  it('have the newest on top, and are taken off again', () => {
    expect(changedFavorites([hall], { ...supper, favorite: true })).toEqual([supper, hall]);
    expect(changedFavorites([supper, hall], { ...hall, favorite: true })).toEqual([supper, hall]);
    expect(changedFavorites([supper, hall], { ...supper, favorite: false })).toEqual([hall]);
    expect(changedFavorites([], { ...supper, favorite: false })).toEqual([]);
  });

  it('push nothing out when there is no more room', () => {
    const full = Array.from({ length: MOST_VISITOR_FAVORITES }, (_, index) => ({ ...hall, listingId: index + 100 }));
    expect(changedFavorites(full, { ...supper, favorite: true })).toBeNull();
    expect(changedFavorites(full, { kind: 'locations', listingId: 100, favorite: true })).toEqual(full);
    expect(writeFavorites(full).length).toBeLessThan(2_000);
  });
});
