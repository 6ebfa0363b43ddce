import type { Booking } from '../../payload-types';
import { movedTo } from '../../utils/movedTo';

/*
 * Which event a save of a booking is. `before` is what it was: nothing, where it is new.
 */

type Before = Partial<Pick<Booking, 'status'>> | undefined;
type After = Pick<Booking, 'status' | 'type'>;

export const wasRequested = (before: Before, after: After): boolean =>
  after.type === 'stay' && movedTo('requested', before?.status, after.status);

export const wasConfirmed = (before: Before, after: After): boolean =>
  after.type === 'stay' && movedTo('confirmed', before?.status, after.status);

export const wasDeclined = (before: Before, after: After): boolean =>
  after.type === 'stay' && movedTo('declined', before?.status, after.status);

/** Somebody takes part in an event from now on. */
export const tookPart = (before: Before, after: After): boolean =>
  after.type === 'participation' && movedTo('confirmed', before?.status, after.status);

/** A time that the owner kept free is nobody's loss. */
export const wasCancelled = (before: Before, after: After): boolean =>
  after.type !== 'block' && movedTo('cancelled', before?.status, after.status);
