import { type ExportPart, exportParts } from '@convene/common/api';
import { listingKinds } from '@convene/common/listings';
import { optionalCategories } from '@convene/common/notifications';
import type { SqlExecutor } from '@convene/coordination';
import { avatarUrlSql as mediaUrlSql } from '../../readModels/avatars';
import { UNDESCRIBED } from '../Listings/pictureTexts';

/** How many rows a statement reads at most, whatever somebody has. */
const BATCH = 500;

type ListPart = Exclude<ExportPart, 'profile' | 'preferences'>;

const other = (own: string, theirs: string): string =>
  `(SELECT display_name FROM users WHERE id = CASE WHEN row.${own} = $1 THEN row.${theirs} ELSE row.${own} END)`;

const listing = `'kind', row.kind, 'listingId', row.listing_id::int, 'title', listing.title`;
const joinListing = 'LEFT JOIN worker_listings AS listing ON listing.kind = row.kind AND listing.id = row.listing_id';

/**
 * Each part as a statement over rows with a number to go on from, `$1` whose they are, `$2` the last number, `$3` how
 * many. Of other people no more is in it than the person could see on the site: a name, and what was said to them.
 */
const statements = {
  bookings: `
    SELECT row.id::int AS cursor, jsonb_build_object(${listing},
      'as', CASE WHEN row.client_id = $1 THEN 'client' ELSE 'owner' END, 'otherName', ${other('client_id', 'owner_id')},
      'type', row.type, 'status', row.status, 'seats', row.seats, 'startsAt', row.starts_at, 'endsAt', row.ends_at,
      'note', row.note, 'reason', row.reason, 'createdAt', row.created_at) AS item
    FROM bookings AS row ${joinListing}
    WHERE (row.client_id = $1 OR row.owner_id = $1) AND row.id > $2 ORDER BY row.id LIMIT $3`,
  reviewsWritten: `
    SELECT row.id::int AS cursor, jsonb_build_object(${listing}, 'rating', row.rating, 'text', row.text,
      'moderationStatus', row.moderation_status, 'createdAt', row.created_at) AS item
    FROM reviews AS row ${joinListing}
    WHERE row.author_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  favorites: `
    SELECT row.id::int AS cursor, jsonb_build_object(${listing}, 'savedAt', row.created_at) AS item
    FROM favorites AS row ${joinListing}
    WHERE row.user_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  messages: `
    SELECT row.id::int AS cursor, jsonb_build_object(${listing}, 'isOwn', row.sender_id = $1,
      'otherName', ${other('client_id', 'owner_id')}, 'text', row.text, 'sentAt', row.created_at,
      'readAt', row.read_at) AS item
    FROM messages AS row ${joinListing}
    WHERE (row.client_id = $1 OR row.owner_id = $1) AND row.id > $2 ORDER BY row.id LIMIT $3`,
  verifications: `
    SELECT row.id::int AS cursor, jsonb_build_object('legalName', row.legal_name, 'text', row.text,
      'website', row.website, 'status', row.status, 'reason', row.reason, 'createdAt', row.created_at) AS item
    FROM verifications AS row WHERE row.user_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  claims: `
    SELECT row.id::int AS cursor, jsonb_build_object(${listing}, 'text', row.text, 'status', row.status,
      'reason', row.reason, 'createdAt', row.created_at) AS item
    FROM claims AS row ${joinListing}
    WHERE row.claimant_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  reports: `
    SELECT row.id::int AS cursor, jsonb_build_object('subject', row.subject, 'kind', row.subject_kind,
      'subjectId', row.subject_id, 'reason', row.reason, 'details', row.details, 'status', row.status,
      'createdAt', row.created_at) AS item
    FROM reports AS row WHERE row.reporter_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  contactMessages: `
    SELECT row.id::int AS cursor, jsonb_build_object('name', row.name, 'email', row.email, 'subject', row.subject,
      'text', row.text, 'status', row.status, 'createdAt', row.created_at) AS item
    FROM contact_messages AS row WHERE row.user_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  uploads: `
    SELECT row.id::int AS cursor, jsonb_build_object('url', ${mediaUrlSql('row')}, 'alt', nullif(row.alt, '${UNDESCRIBED}'),
      'bytes', row.filesize, 'uploadedAt', row.created_at) AS item
    FROM media AS row WHERE row.uploaded_by_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  blocked: `
    SELECT row.id::int AS cursor, jsonb_build_object('displayName', blocked.display_name, 'blockedAt', row.created_at)
      AS item
    FROM blocks AS row JOIN users AS blocked ON blocked.id = row.blocked_id
    WHERE row.blocker_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`,
  sessions: `
    SELECT row.number::int AS cursor, jsonb_build_object('createdAt', row.created_at, 'expiresAt', row.expires_at,
      'userAgent', row.user_agent) AS item
    FROM (
      SELECT row_number() OVER (ORDER BY session.created_at, session.id) AS number, session.created_at,
             session.expires_at, device.user_agent
      FROM users_sessions AS session LEFT JOIN session_devices AS device ON device.session_id = session.id
      WHERE session._parent_id = $1
    ) AS row WHERE row.number > $2 ORDER BY row.number LIMIT $3`,
} as const satisfies Record<Exclude<ListPart, 'listings'>, string>;

/** A column of the newest version; of a listing that has none, its own. */
const newest = (column: string): string =>
  `CASE WHEN version.id IS NULL THEN row.${column}::text ELSE version.version_${column}::text END`;
const newestNumber = (column: string): string => `(${newest(column)})::numeric`;
const newestMoment = (column: string): string => `(${newest(column)})::timestamptz`;

/** The pictures of the newest version, or of the listing itself, in their order. */
const galleryOf = (kind: (typeof listingKinds)[number]): string => `
  (SELECT coalesce(jsonb_agg(${mediaUrlSql('media')} ORDER BY picture."order"), '[]')
   FROM (
     SELECT rel.media_id, rel."order" FROM _${kind}_v_rels AS rel
     WHERE rel.parent_id = version.id AND rel.path = 'version.gallery'
     UNION ALL
     SELECT rel.media_id, rel."order" FROM ${kind}_rels AS rel
     WHERE version.id IS NULL AND rel.parent_id = row.id AND rel.path = 'gallery'
   ) AS picture JOIN media ON media.id = picture.media_id)`;

const timesOf = (kind: (typeof listingKinds)[number]): string =>
  kind === 'events'
    ? `jsonb_build_object('startsAt', ${newestMoment('starts_at')}, 'endsAt', ${newestMoment('ends_at')},
         'timeZone', ${newest('time_zone')})`
    : 'NULL::jsonb';

/** The newest version, which may be a draft: it is what the owner wrote. Also of what lies in the bin. */
const listingsOf = (kind: (typeof listingKinds)[number]): string => `
  SELECT row.id::int AS cursor, jsonb_build_object('kind', '${kind}', 'listingId', row.id,
    'title', coalesce(version.version_title, row.title), 'slug', coalesce(version.version_slug, row.slug),
    'summary', coalesce(version.version_summary, row.summary),
    'description', coalesce(version.version_description, row.description),
    'address', coalesce(version.version_address, row.address),
    'contact', jsonb_build_object('email', ${newest('contact_email')}, 'phone', ${newest('contact_phone')},
      'website', ${newest('contact_website')}),
    'price', jsonb_build_object('amountMinor', ${newestNumber('price_amount_minor')},
      'currency', ${newest('price_currency')}, 'unit', ${newest('price_unit')}),
    'gallery', ${galleryOf(kind)},
    'pictureTexts', (${newest('picture_texts')})::jsonb, 'times', ${timesOf(kind)},
    'moderationStatus', coalesce(version.version_moderation_status::text, row.moderation_status::text),
    'createdAt', row.created_at, 'updatedAt', coalesce(version.updated_at, row.updated_at),
    'deletedAt', row.deleted_at) AS item
  FROM ${kind} AS row LEFT JOIN _${kind}_v AS version ON version.parent_id = row.id AND version.latest
  WHERE row.owner_id = $1 AND row.id > $2 ORDER BY row.id LIMIT $3`;

const statementsOf = (part: ListPart): string[] =>
  part === 'listings' ? listingKinds.map(listingsOf) : [statements[part]];

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_');

const account = `
  SELECT jsonb_build_object(
    'profile', jsonb_build_object('id', person.id, 'email', person.email, 'pendingEmail', person.pending_email,
      'displayName', person.display_name, 'bio', person.bio, 'avatar', ${mediaUrlSql('picture')},
      'locale', person.locale, 'verification', person.verification, 'twoFactorSince', person.two_factor_since,
      'memberSince', person.created_at,
      'roles', (SELECT jsonb_agg(role.value ORDER BY role."order") FROM users_roles AS role
                WHERE role.parent_id = person.id)),
    'preferences', jsonb_build_object(${optionalCategories
      .map((category) => `'${category}', coalesce(person.notification_preferences_${snake(category)}, true)`)
      .join(', ')})) AS account
  FROM users AS person LEFT JOIN media AS picture ON picture.id = person.avatar_id WHERE person.id = $1`;

/**
 * Everything that is kept of a person, as one JSON document in pieces: what is sent is read no faster than it is taken,
 * and no statement reads more than 500 rows.
 */
export async function* exportData(
  sql: SqlExecutor,
  { userId, now = new Date() }: { userId: number; now?: Date },
): AsyncGenerator<string> {
  const { rows } = await sql.query<{ account: { profile: unknown; preferences: unknown } }>(account, [userId]);
  if (!rows[0]) throw new Error('The account is gone.');
  const { profile, preferences } = rows[0].account;
  yield `{\n"exportedAt": ${JSON.stringify(now.toISOString())}`;
  yield `,\n"profile": ${JSON.stringify(exportParts.profile.parse(profile), null, 1)}`;
  yield `,\n"preferences": ${JSON.stringify(exportParts.preferences.parse(preferences))}`;
  for (const part of listParts) yield* partOf(sql, { part, userId });
  yield '\n}\n';
}

const listParts = [
  'sessions',
  'listings',
  'bookings',
  'reviewsWritten',
  'favorites',
  'messages',
  'verifications',
  'claims',
  'reports',
  'contactMessages',
  'uploads',
  'blocked',
] as const satisfies ListPart[];

async function* partOf(sql: SqlExecutor, { part, userId }: { part: ListPart; userId: number }): AsyncGenerator<string> {
  yield `,\n"${part}": [`;
  let isFirst = true;
  for (const statement of statementsOf(part)) {
    for await (const item of itemsOf(sql, { statement, userId })) {
      yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(exportParts[part].parse(item))}`;
      isFirst = false;
    }
  }
  yield isFirst ? ']' : '\n]';
}

async function* itemsOf(
  sql: SqlExecutor,
  { statement, userId }: { statement: string; userId: number },
): AsyncGenerator<unknown> {
  let after = 0;
  for (;;) {
    const { rows } = await sql.query<{ cursor: number; item: unknown }>(statement, [userId, after, BATCH]);
    for (const { item } of rows) yield item;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.cursor;
  }
}
