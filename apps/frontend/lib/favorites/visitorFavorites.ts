import { MOST_VISITOR_FAVORITES } from '@convene/common/api';
import { type ListingKind, listingKinds } from '@convene/common/listings';

/* What somebody without an account has saved, as a cookie's text: `l12.e4.s9`, the newest first. */

export type SavedListing = { kind: ListingKind; listingId: number };

export const markOf = ({ kind, listingId }: SavedListing): string => `${kind}:${listingId}`;

const kindOfLetter = new Map<string, ListingKind>(listingKinds.map((kind) => [kind.charAt(0), kind]));

const readOne = (text: string): SavedListing[] => {
  const kind = kindOfLetter.get(text.charAt(0));
  const digits = text.slice(1);
  const listingId = Number(digits);
  return kind && /^[1-9]\d{0,9}$/.test(digits) && listingId <= 2_147_483_647 ? [{ kind, listingId }] : [];
};

/** What a cookie holds, each once and no more than may be kept; anything could be in it. */
export const readFavorites = (value: string | undefined): SavedListing[] => {
  const saved = (value ?? '').slice(0, 2_000).split('.').flatMap(readOne);
  const unique = new Map(saved.map((listing) => [markOf(listing), listing]));
  return [...unique.values()].slice(0, MOST_VISITOR_FAVORITES);
};

export const writeFavorites = (saved: SavedListing[]): string =>
  saved.map(({ kind, listingId }) => `${kind.charAt(0)}${listingId}`).join('.');

/** The list with this listing on top of it, or without it; null where there is no more room. */
export const changedFavorites = (
  saved: SavedListing[],
  { favorite, ...listing }: SavedListing & { favorite: boolean },
): SavedListing[] | null => {
  const others = saved.filter((other) => markOf(other) !== markOf(listing));
  if (!favorite) return others;
  if (others.length < saved.length) return saved;
  return others.length < MOST_VISITOR_FAVORITES ? [listing, ...others] : null;
};
