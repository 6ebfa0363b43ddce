import { ConveneError } from '@convene/common/errors';
import { isStaff } from '../access/isStaff';
import type { User } from '../payload-types';
import { requireUser } from './auth/account';

/** @throws ConveneError unauthenticated, forbidden */
export const requireStaff = async (request: Request): Promise<User> => {
  const user = await requireUser(request);
  if (!isStaff(user)) throw new ConveneError('forbidden', 'This is for staff alone.');
  return user;
};
