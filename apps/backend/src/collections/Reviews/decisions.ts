import type { Review } from '../../payload-types';
import { movedTo } from '../../utils/movedTo';

type Before = Partial<Pick<Review, 'moderationStatus'>> | undefined;
type After = Pick<Review, 'moderationStatus'>;

/** A review waits for the moderators: a new one, or one that its author has changed. */
export const waitsForModeration = (before: Before, after: After): boolean =>
  movedTo('pending', before?.moderationStatus, after.moderationStatus);

export const becameVisible = (before: Before, after: After): boolean =>
  movedTo('approved', before?.moderationStatus, after.moderationStatus);

export const wasRejected = (before: Before, after: After): boolean =>
  movedTo('rejected', before?.moderationStatus, after.moderationStatus);
