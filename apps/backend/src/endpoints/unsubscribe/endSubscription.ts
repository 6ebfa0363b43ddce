import type { NotificationCategory } from '@convene/common/notifications';
import { normaliseEmail } from '@convene/common/suppressions';
import type { UnsubscribeTarget } from '@convene/common/unsubscribe';
import { suppressAddress } from '@convene/outbox';
import type { User } from '../../payload-types';
import { getBackend } from '../../utils/payload';
import { getPool } from '../../utils/postgres';

/** The account that the mail was sent to, if it still is one and still has that address. */
const accountOf = async ({ userId, email }: UnsubscribeTarget): Promise<User | null> => {
  if (userId === null) return null;
  const payload = await getBackend();
  const account = await payload.findByID({
    collection: 'users',
    id: userId,
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  });
  return account && normaliseEmail(account.email) === normaliseEmail(email) ? account : null;
};

/**
 * Sends no more mails of a category. An account has it in its preferences, where it can be taken back; an address
 * without one is remembered as suppressed. Harmless any number of times.
 */
export const endSubscription = async (target: UnsubscribeTarget): Promise<void> => {
  const { email } = target;
  const category: NotificationCategory = target.category;
  const account = await accountOf(target);
  if (!account) {
    await suppressAddress(getPool(), { email, reason: 'unsubscribe', category });
    return;
  }
  const payload = await getBackend();
  await payload.update({
    collection: 'users',
    id: account.id,
    data: { notificationPreferences: { [category]: false } },
    depth: 0,
    overrideAccess: true,
  });
};
