import type { Claim } from '../../payload-types';
import { movedTo } from '../../utils/movedTo';

type Before = Partial<Pick<Claim, 'status'>> | undefined;
type After = Pick<Claim, 'status'>;

export const waitsForStaff = (before: Before, after: After): boolean =>
  movedTo('pending', before?.status, after.status);
export const wasApproved = (before: Before, after: After): boolean => movedTo('approved', before?.status, after.status);
export const wasRejected = (before: Before, after: After): boolean => movedTo('rejected', before?.status, after.status);
