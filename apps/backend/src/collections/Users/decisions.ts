import { staffRoles } from '@convene/common/listings';
import type { User } from '../../payload-types';

type Before = Partial<Pick<User, 'email' | 'deletedAt'>> | undefined;
type After = Pick<User, 'email' | 'deletedAt'>;

/** Null of an account that is new: then nothing has changed. */
export const changedEmail = (before: Before, after: After): { oldEmail: string; newEmail: string } | null =>
  before?.email && before.email !== after.email ? { oldEmail: before.email, newEmail: after.email } : null;

/** The account goes into the bin: its person, or an admin, has deleted it. */
export const wasDeleted = (before: Before, after: After): boolean => Boolean(after.deletedAt) && !before?.deletedAt;

export const isStaffAccount = (user: Pick<User, 'roles'>): boolean =>
  user.roles.some((role) => staffRoles.some((staff) => staff === role));
