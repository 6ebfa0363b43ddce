import { EVERY_CATEGORY, normaliseEmail, type SuppressionReason } from '@convene/common';
import type { CollectionBeforeValidateHook } from 'payload';

const BY_HAND: SuppressionReason = 'manual';

/** What goes through Payload is made by staff and holds for every mail; bounces and the like are written by SQL. */
export const suppressByHand: CollectionBeforeValidateHook = ({ data, operation }) => {
  if (operation !== 'create' || !data) return data;
  const { email } = data;
  return {
    ...data,
    email: typeof email === 'string' ? normaliseEmail(email) : email,
    reason: BY_HAND,
    category: EVERY_CATEGORY,
  };
};
