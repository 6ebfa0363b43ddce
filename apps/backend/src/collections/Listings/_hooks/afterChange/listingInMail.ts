import type { ListingKind } from '@convene/common/listings';
import type { ListingInMail } from '@convene/common/notifications';
import type { Event, Location, Service } from '../../../../payload-types';

export type Listing = Location | Event | Service;

/** The listing as its mail will name it, however it is renamed before the mail is sent. */
export const listingInMail = (kind: ListingKind, doc: Listing): ListingInMail => ({
  kind,
  id: doc.id,
  title: doc.title,
  slug: doc.slug,
});
