import {
  EVERY_CATEGORY,
  isNotificationType,
  type NotificationCategory,
  normaliseEmail,
  notificationTypes,
  optionalCategories,
  type SuppressionReason,
} from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';

type OptionalCategory = (typeof optionalCategories)[number];

/** The category that a type's mails can be switched off by; null for those that are always sent. */
export const optionalCategoryOf = (type: string): OptionalCategory | null => {
  if (!isNotificationType(type)) return null;
  const category: NotificationCategory = notificationTypes[type];
  return optionalCategories.find((optional) => optional === category) ?? null;
};

/**
 * SQL that is true for a recipient who is not written to, of three expressions: address, category or null, user or
 * null. A bounce, a complaint and the hand of staff hold for every mail. An unsubscription holds for its category, and
 * for addresses without an account alone: an account has its preferences, and these are read with the account.
 */
export const isSuppressedSql = ({
  email,
  category,
  userId,
}: Record<'email' | 'category' | 'userId', string>): string => `EXISTS (
  SELECT FROM suppressions
  WHERE suppressions.email = lower(btrim(${email}))
    AND (suppressions.category = '${EVERY_CATEGORY}' OR suppressions.category = ${category} AND ${userId} IS NULL))`;

/** What the log says of a recipient who is not written to. */
export const SUPPRESSED = 'the address is suppressed';

/**
 * Writes to an address no more. Harmless any number of times.
 *
 * @param suppression.category where it holds for one kind of mail only
 * @returns whether that is news
 */
export const suppressAddress = async (
  sql: SqlExecutor,
  {
    email,
    reason,
    category = EVERY_CATEGORY,
    detail,
  }: { email: string; reason: SuppressionReason; category?: string; detail?: string },
): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `INSERT INTO suppressions (email, reason, category, detail) VALUES ($1, $2, $3, $4)
     ON CONFLICT (email, category, reason) DO NOTHING`,
    [normaliseEmail(email), reason, category, detail ?? null],
  );
  return rowCount === 1;
};
