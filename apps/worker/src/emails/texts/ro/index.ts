import type { MailTexts } from '../index';
import { account } from './account';
import { bookings } from './bookings';
import { listings } from './listings';
import { reviews } from './reviews';
import { shared } from './shared';
import { staff } from './staff';
import { statistics } from './statistics';

/** Textele în română. */
export const ro: MailTexts = { ...shared, ...account, ...listings, ...statistics, ...reviews, ...bookings, ...staff };
