import { env } from '../env';
import type { User } from '../payload-types';

export type Roles = Pick<User, 'roles'> & Partial<Pick<User, 'twoFactorSince'>>;

/** Where STAFF_TWO_FACTOR is `required`, the roles of staff hold once their account has two-factor on. */
export const mayActAsStaff = ({ twoFactorSince }: Roles): boolean =>
  env.STAFF_TWO_FACTOR === 'optional' || Boolean(twoFactorSince);
