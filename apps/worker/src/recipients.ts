import {
  isOptionalCategory,
  type Locale,
  locales,
  type NotificationType,
  notificationTypes,
  staffRoles,
} from '@convene/common';
import type { SqlExecutor } from '@convene/coordination';
import type { FrozenRecipient } from '@convene/outbox';
import type { MailAudience } from './emails/types';

type UserRow = { id: number; email: string; displayName: string | null; locale: string | null };

type Person = Omit<FrozenRecipient, 'no'>;

const userColumns = 'id::int AS id, email, display_name AS "displayName", locale';

const localeOf = (value: string | null): Locale => locales.find((locale) => locale === value) ?? 'en';

const toPerson = ({ id, email, displayName, locale }: UserRow): Person => ({
  userId: id,
  email,
  displayName: displayName ?? '',
  locale: localeOf(locale),
});

/** Those of the accounts that exist and want mails of the category, in the order of their ids. */
const findUsers = async (
  sql: SqlExecutor,
  { userIds, type }: { userIds: number[]; type: NotificationType },
): Promise<Person[]> => {
  const category = notificationTypes[type];
  // A category that nobody can switch off is not looked up.
  const { rows } = await sql.query<UserRow>(
    `SELECT ${userColumns} FROM worker_users
     WHERE id = ANY ($1::int[]) AND deleted_at IS NULL AND email IS NOT NULL
       AND ($2::text IS NULL OR notification_preferences ->> $2 IS DISTINCT FROM 'false')
     ORDER BY id`,
    [userIds, isOptionalCategory(category) ? category : null],
  );
  return rows.map(toPerson);
};

/** Those who work on the site, in the order of their ids. */
export const findStaff = async (sql: SqlExecutor): Promise<Person[]> => {
  const { rows } = await sql.query<UserRow>(
    `SELECT ${userColumns} FROM worker_users
     WHERE roles::text[] && $1::text[] AND verified AND deleted_at IS NULL AND email IS NOT NULL
     ORDER BY id`,
    [staffRoles],
  );
  return rows.map(toPerson);
};

/** How an account's owner is called and in which language, also when the account is deleted meanwhile. */
const findReader = async (sql: SqlExecutor, userId: number): Promise<Omit<Person, 'email'>> => {
  const { rows } = await sql.query<UserRow>(`SELECT ${userColumns} FROM worker_users WHERE id = $1`, [userId]);
  const [user] = rows;
  return { userId, displayName: user?.displayName ?? '', locale: localeOf(user?.locale ?? null) };
};

/** Each address once, however it is written. */
const eachOnce = (emails: readonly string[]): string[] => [
  ...new Map(emails.map((email) => [email.toLowerCase(), email])).values(),
];

const findPeople = async (
  sql: SqlExecutor,
  { audience, type }: { audience: MailAudience; type: NotificationType },
): Promise<Person[]> => {
  switch (audience.audience) {
    case 'user':
      return findUsers(sql, { userIds: [audience.userId], type });
    case 'users':
      return findUsers(sql, { userIds: audience.userIds, type });
    case 'staff':
      return findStaff(sql);
    case 'addresses': {
      const { reader } = audience;
      const person = 'userId' in reader ? await findReader(sql, reader.userId) : { userId: null, ...reader };
      return eachOnce(audience.emails).map((email) => ({ ...person, email }));
    }
  }
};

/** Who gets a mail, as the accounts are at this moment; nobody where the account is gone or wants no such mails. */
export const findRecipients = async (
  sql: SqlExecutor,
  search: { audience: MailAudience; type: NotificationType },
): Promise<FrozenRecipient[]> => {
  const people = await findPeople(sql, search);
  return people.map((person, no) => ({ no, ...person }));
};
