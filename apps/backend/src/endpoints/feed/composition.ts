import type { Tier } from '@convene/common/listings';

/** A listing as far as its place on the page depends on it. */
export type Candidate = { id: number; ownerId: number | null; tier: Tier };

/** Places that composition decides; after them the listings follow by rank. */
export const COMPOSED_PLACES = 20;
const SPONSORED_PLACES = 3;
const MIXED_PLACES = 12;
const PLACES_PER_OWNER = 2;

/**
 * The sponsored listings whose turn it is: all take turns, `SPONSORED_PLACES` a day, in the order of their ids. Of one
 * owner there are never more than owners may have among the first.
 *
 * @param dayNumber whole UTC days since 1970
 */
export const sponsoredOfDay = (sponsored: readonly Candidate[], dayNumber: number): Candidate[] => {
  const inTurn = sponsored.toSorted((a, b) => a.id - b.id);
  const first = inTurn.length === 0 ? 0 : (dayNumber * SPONSORED_PLACES) % inTurn.length;
  const chosen: Candidate[] = [];
  for (const candidate of [...inTurn.slice(first), ...inTurn.slice(0, first)]) {
    if (chosen.length === SPONSORED_PLACES) break;
    if (placesOf(chosen, candidate.ownerId) < PLACES_PER_OWNER) chosen.push(candidate);
  }
  return chosen;
};

/** Unclaimed listings have no owner who could crowd others out. */
const placesOf = (placed: readonly Candidate[], ownerId: number | null): number =>
  ownerId === null ? 0 : placed.filter((candidate) => candidate.ownerId === ownerId).length;

/**
 * The order in which a segment is shown: sponsored ones on top, no more than two of one owner among the first twelve
 * (as long as there are others to show), one new listing among the first twenty. Everything else keeps its rank, so
 * that pages follow each other without gaps or repetitions.
 *
 * @param ranked best first
 * @param sponsored at most `SPONSORED_PLACES`, from anywhere in the segment
 * @param bestNew the best ranked one of tier `new` in the segment
 * @returns ids: all of `ranked`, and what was brought forward from behind it
 */
export const composeFeed = ({
  ranked,
  sponsored,
  bestNew,
}: {
  ranked: readonly Candidate[];
  sponsored: readonly Candidate[];
  bestNew: Candidate | undefined;
}): number[] => {
  const placed: Candidate[] = [...sponsored];
  const ids = new Set(placed.map(({ id }) => id));
  const place = (candidate: Candidate | undefined): boolean => {
    if (!candidate || ids.has(candidate.id)) return false;
    ids.add(candidate.id);
    placed.push(candidate);
    return true;
  };

  for (const candidate of ranked) {
    if (placed.length >= MIXED_PLACES) break;
    if (placesOf(placed, candidate.ownerId) < PLACES_PER_OWNER) place(candidate);
  }
  for (const candidate of ranked) {
    if (placed.length >= COMPOSED_PLACES - 1) break;
    place(candidate);
  }
  const hasNew = placed.some(({ tier }) => tier === 'new');
  if (placed.length === COMPOSED_PLACES - 1 && !hasNew) place(bestNew);
  for (const candidate of ranked) place(candidate);
  return placed.map(({ id }) => id);
};
