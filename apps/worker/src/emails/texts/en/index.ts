import { account } from './account';
import { bookings } from './bookings';
import { listings } from './listings';
import { reviews } from './reviews';
import { shared } from './shared';
import { staff } from './staff';
import { statistics } from './statistics';

/** The English texts; the other languages have the same keys. */
export const en = { ...shared, ...account, ...listings, ...statistics, ...reviews, ...bookings, ...staff };
