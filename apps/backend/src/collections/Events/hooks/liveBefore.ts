import type { PayloadRequest } from 'payload';
import type { ListingFacts } from '../../Listings/findListing';

const keyOf = (id: number): string => `live-event-before-${id}`;

/** Keeps, for the hooks after it, what visitors saw before this save. */
export const keepLiveBefore = (
  req: PayloadRequest,
  { id, facts }: { id: number; facts: ListingFacts | null },
): void => {
  req.context[keyOf(id)] = facts;
};

const isFacts = (value: unknown): value is ListingFacts =>
  typeof value === 'object' && value !== null && 'isLive' in value && 'event' in value;

export const liveBefore = (req: PayloadRequest, id: number): ListingFacts | null => {
  const kept = req.context[keyOf(id)];
  return isFacts(kept) ? kept : null;
};
