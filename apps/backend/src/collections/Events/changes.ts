import type { ListingFacts } from '../Listings/findListing';

type Facts = Pick<ListingFacts, 'isLive' | 'place' | 'timeZone' | 'event'>;

const isAnnounced = (facts: Facts | null): boolean => Boolean(facts?.isLive && facts.event);

/** An event that people know of does not take place after all. */
export const wasCalledOff = (before: Facts | null, after: Facts): boolean =>
  isAnnounced(before) && isAnnounced(after) && !before?.event?.cancelledAt && Boolean(after.event?.cancelledAt);

/** An event that people know of takes place at another time or in another place. */
export const wasMoved = (before: Facts | null, after: Facts): boolean => {
  if (!before?.event || !after.event || !isAnnounced(before) || !isAnnounced(after)) return false;
  if (before.event.cancelledAt || after.event.cancelledAt) return false;
  const at = (moment: string): number => new Date(moment).getTime();
  return (
    at(before.event.startsAt) !== at(after.event.startsAt) ||
    at(before.event.endsAt) !== at(after.event.endsAt) ||
    before.place !== after.place
  );
};
