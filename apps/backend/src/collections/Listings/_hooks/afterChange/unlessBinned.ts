import type { CollectionAfterChangeHook } from 'payload';
import type { Listing } from './listingInMail';

/** Not for a save that puts the listing into the bin or takes it out: its state is then as it was, and no news. */
export const unlessBinned =
  (hook: CollectionAfterChangeHook<Listing>): CollectionAfterChangeHook<Listing> =>
  (args) =>
    (args.previousDoc?.deletedAt ?? null) === (args.doc.deletedAt ?? null) ? hook(args) : args.doc;
