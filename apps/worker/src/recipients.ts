import {
  locales,
  type NotificationCategory,
  type NotificationType,
  notificationTypes,
  optionalCategories,
  staffRoles,
} from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import type { FrozenRecipient } from '@convene/outbox';
import type { MailAudience } from './emails/types';

type UserRow = { id: number; email: string; displayName: string | null; locale: string | null };

const userColumns = 'id::int AS id, email, display_name AS "displayName", locale';

const optional: readonly NotificationCategory[] = optionalCategories;

const findUsers = async (
  sql: SqlExecutor,
  { audience, type }: { audience: MailAudience; type: NotificationType },
): Promise<UserRow[]> => {
  if (audience.audience === 'user') {
    const category = notificationTypes[type];
    // A category that nobody can switch off is not looked up.
    const { rows } = await sql.query<UserRow>(
      `SELECT ${userColumns} FROM worker_users
       WHERE id = $1 AND deleted_at IS NULL AND email IS NOT NULL
         AND ($2::text IS NULL OR notification_preferences ->> $2 IS DISTINCT FROM 'false')`,
      [audience.userId, optional.includes(category) ? category : null],
    );
    return rows;
  }
  const { rows } = await sql.query<UserRow>(
    `SELECT ${userColumns} FROM worker_users
     WHERE roles::text[] && $1::text[] AND verified AND deleted_at IS NULL AND email IS NOT NULL
     ORDER BY id`,
    [staffRoles],
  );
  return rows;
};

/** Who gets a mail, as the accounts are at this moment; nobody where the account is gone or wants no such mails. */
export const findRecipients = async (
  sql: SqlExecutor,
  search: { audience: MailAudience; type: NotificationType },
): Promise<FrozenRecipient[]> => {
  const users = await findUsers(sql, search);
  return users.map((user, no) => ({
    no,
    userId: user.id,
    email: user.email,
    displayName: user.displayName ?? '',
    locale: locales.find((locale) => locale === user.locale) ?? 'en',
  }));
};
