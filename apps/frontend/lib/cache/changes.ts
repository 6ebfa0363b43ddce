import { SETTLE_MS } from '@convene/common/changes';

/** What a cache knows of the changes behind what it keeps. */
export type Changes = {
  /** Are changes told when they happen? Then what is kept may be kept for longer. */
  isFollowed: () => boolean;
  /** When something has last changed, in milliseconds. */
  changedAt: () => number;
};

/** Where nobody tells of changes, only time makes an answer old. */
export const noChanges: Changes = { isFollowed: () => false, changedAt: () => Number.NEGATIVE_INFINITY };

/** Only what time itself changes can be out of date: an event that ends, a new day's turn of the sponsored. */
const FOLLOWED_FRESH_FOR_MS = 60_000;
/** Many changes in a row make an answer be read anew this often at most. */
const LEAST_AGE_MS = 1_000;

/**
 * For how long an answer that was asked for at `askedAt` is taken as it is. What was asked for before a change, or so
 * soon after it that the backend may not have heard of it yet, is as good as old.
 */
export const freshnessOf = ({
  askedAt,
  unfollowedMs,
  changes,
}: {
  askedAt: number;
  /** For how long it is where nobody tells of changes. */
  unfollowedMs: number;
  changes: Changes;
}): number => {
  if (!changes.isFollowed()) return unfollowedMs;
  return askedAt <= changes.changedAt() + SETTLE_MS ? LEAST_AGE_MS : FOLLOWED_FRESH_FOR_MS;
};
