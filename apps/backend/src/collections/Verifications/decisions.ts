import type { Verification } from '../../payload-types';
import { movedTo } from '../../utils/movedTo';

type Before = Partial<Pick<Verification, 'status'>> | undefined;
type After = Pick<Verification, 'status'>;

export const wasAsked = (before: Before, after: After): boolean => movedTo('pending', before?.status, after.status);
export const wasVerified = (before: Before, after: After): boolean => movedTo('approved', before?.status, after.status);
export const wasRejected = (before: Before, after: After): boolean => movedTo('rejected', before?.status, after.status);
