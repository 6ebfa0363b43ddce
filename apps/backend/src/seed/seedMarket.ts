import type { Currency, ListingKind, PriceUnit } from '@convene/common/listings';
import type { BookingStatus, BookingType } from '@convene/common/market';
import { DAY_MS } from '@convene/common/time';
import { inPoolTransaction, type SqlExecutor } from '@convene/coordination';
import type { Pool } from 'pg';
import { priceOf } from '../collections/Bookings/price';
import { answers, contactMails, doubts, notes, praise, questions, replies } from './demoVoices';
import { createRandom, type Random } from './random';

const HOUR_MS = 3_600_000;

type DemoListing = {
  kind: ListingKind;
  id: number;
  ownerId: number;
  timeZone: string;
  amountMinor: number | null;
  currency: Currency | null;
  unit: PriceUnit | null;
  capacity: number | null;
  startsAt: string | null;
  endsAt: string | null;
};

type Scene = { random: Random; now: Date; people: number[]; listings: DemoListing[] };
type Row = Record<string, unknown>;

/**
 * What people have done with the listings of the demo: favourites, reviews, bookings, conversations, and what waits for
 * staff. A few statements of many rows each, by SQL: so nobody is mailed and nothing is counted. The same at every run
 * but for the dates, which lie around `now`.
 *
 * @returns how many rows of each
 */
export const seedMarket = (pool: Pool, now: Date): Promise<Record<string, number>> =>
  inPoolTransaction(pool, async (sql) => {
    const scene: Scene = {
      random: createRandom(4_711),
      now,
      people: await readPeople(sql),
      listings: await readListings(sql),
    };
    const booked = bookings(scene);
    const counts = {
      favorites: await insert(sql, { table: 'favorites', columns: favoriteColumns, rows: favorites(scene) }),
      bookings: await insert(sql, { table: 'bookings', columns: bookingColumns, rows: booked }),
      reviews: await insert(sql, { table: 'reviews', columns: reviewColumns, rows: reviews(scene, booked) }),
      messages: await insert(sql, { table: 'messages', columns: messageColumns, rows: messages(scene) }),
      contacts: await insert(sql, { table: 'contact_messages', columns: contactColumns, rows: contacts(scene) }),
      reports: await insert(sql, { table: 'reports', columns: reportColumns, rows: reports(scene) }),
    };
    await leaveSomeUnclaimed(sql, scene);
    await markVerifiedReviews(sql);
    await askForVerification(sql, scene);
    return counts;
  });

/** Everybody, in the order in which they were made. */
const readPeople = async (sql: SqlExecutor): Promise<number[]> => {
  const { rows } = await sql.query<{ id: number }>('SELECT id FROM users WHERE deleted_at IS NULL ORDER BY id');
  return rows.map(({ id }) => id);
};

const ofKind = (kind: ListingKind): string => {
  const capacity = kind === 'services' ? 'NULL::int' : 'listing.capacity::int';
  const [starts, ends] = kind === 'events' ? ['listing.starts_at', 'listing.ends_at'] : ['NULL', 'NULL'];
  const timeZone = kind === 'events' ? 'listing.time_zone' : 'city.time_zone';
  return `
    SELECT '${kind}' AS kind, listing.id, listing.owner_id AS "ownerId", ${timeZone} AS "timeZone",
           listing.price_amount_minor::int AS "amountMinor", listing.price_currency::text AS currency,
           listing.price_unit::text AS unit, ${capacity} AS capacity,
           to_jsonb(${starts}::timestamptz) #>> '{}' AS "startsAt", to_jsonb(${ends}::timestamptz) #>> '{}' AS "endsAt"
    FROM ${kind} AS listing JOIN cities AS city ON city.id = listing.city_id
    WHERE listing._status = 'published' AND listing.moderation_status = 'approved' AND listing.owner_id IS NOT NULL`;
};

const readListings = async (sql: SqlExecutor): Promise<DemoListing[]> => {
  const { rows } = await sql.query<DemoListing>(
    `${(['locations', 'events', 'services'] as const).map(ofKind).join(' UNION ALL ')} ORDER BY kind, id`,
  );
  return rows;
};

/** One statement, however many rows; `columns` are the table's, each with its type. */
const insert = async (
  sql: SqlExecutor,
  { table, columns, rows }: { table: string; columns: Record<string, string>; rows: Row[] },
): Promise<number> => {
  const names = Object.keys(columns).join(', ');
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  const { rowCount } = await sql.query(
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_to_recordset($1::jsonb) AS row (${typed.join(', ')})`,
    [JSON.stringify(rows)],
  );
  return rowCount ?? 0;
};

const listingColumns = { kind: 'varchar', listing_id: 'numeric' };
const dated = { created_at: 'timestamptz', updated_at: 'timestamptz' };

const refOf = ({ kind, id }: DemoListing): Row => ({ kind, listing_id: id });

const daysAgo = ({ now }: Scene, days: number): Row => {
  const at = new Date(now.getTime() - days * DAY_MS).toISOString();
  return { created_at: at, updated_at: at };
};

const othersThan = ({ people }: Scene, { ownerId }: DemoListing): number[] => people.filter((id) => id !== ownerId);

/** So many different people, who don't own the listing. */
const some = (scene: Scene, { listing, count }: { listing: DemoListing; count: number }): number[] => {
  const pool = othersThan(scene, listing);
  const chosen: number[] = [];
  while (chosen.length < count && pool.length > 0) {
    chosen.push(...pool.splice(scene.random.integer(0, pool.length - 1), 1));
  }
  return chosen;
};

const favoriteColumns = { ...listingColumns, user_id: 'int', ...dated };

const favorites = (scene: Scene): Row[] =>
  scene.listings.flatMap((listing) =>
    some(scene, { listing, count: Math.floor(scene.random.between(0, 2.6) ** 2) }).map((user) => ({
      ...refOf(listing),
      user_id: user,
      ...daysAgo(scene, scene.random.between(0.1, 60)),
    })),
  );

const reviewColumns = {
  ...listingColumns,
  author_id: 'int',
  rating: 'numeric',
  text: 'varchar',
  moderation_status: 'enum_reviews_moderation_status',
  reason: 'varchar',
  ...dated,
};

/** Mostly by those who were there, where anybody was. */
const reviewers = (scene: Scene, { listing, booked }: { listing: DemoListing; booked: Row[] }): number[] => {
  const { random } = scene;
  const were = booked
    .filter(
      ({ kind, listing_id, status }) => kind === listing.kind && listing_id === listing.id && status === 'completed',
    )
    .map(({ client_id }) => Number(client_id))
    .filter(() => random.chance(0.7));
  return [...new Set([...were, ...some(scene, { listing, count: Math.floor(random.between(0, 2.2) ** 2) })])];
};

const reviews = (scene: Scene, booked: Row[]): Row[] => {
  const { random } = scene;
  const written = scene.listings.flatMap((listing) => {
    // Some are better than others, and a few are not good.
    const leaning = random.between(0.45, 0.97);
    return reviewers(scene, { listing, booked }).map((author): Row => {
      const isHappy = random.chance(leaning);
      return {
        ...refOf(listing),
        author_id: author,
        rating: isHappy ? random.integer(4, 5) : random.integer(2, 3),
        text: random.pick((isHappy ? praise : doubts)[listing.kind]),
        moderation_status: 'approved',
        reason: null,
        ...daysAgo(scene, random.between(1, 180)),
      };
    });
  });
  return written.map((row, index) => {
    if (index % 60 === 7) return { ...row, moderation_status: 'pending', ...daysAgo(scene, random.between(0.1, 2)) };
    if (index % 120 === 31)
      return { ...row, moderation_status: 'rejected', reason: 'Please leave private matters out.' };
    return row;
  });
};

const bookingColumns = {
  ...listingColumns,
  type: 'enum_bookings_type',
  status: 'enum_bookings_status',
  client_id: 'int',
  owner_id: 'int',
  seats: 'numeric',
  starts_at: 'timestamptz',
  ends_at: 'timestamptz',
  time_zone: 'varchar',
  price_amount_minor: 'numeric',
  price_currency: 'enum_bookings_price_currency',
  price_unit: 'enum_bookings_price_unit',
  price_total_minor: 'numeric',
  note: 'varchar',
  reason: 'varchar',
  cancelled_by: 'varchar',
  ...dated,
};

type DemoBooking = {
  listing: DemoListing;
  type: BookingType;
  status: BookingStatus;
  client: number | null;
  seats: number;
  startsAt: Date;
  endsAt: Date;
  bookedDaysAgo: number;
};

const bookingRow = (scene: Scene, booking: DemoBooking): Row => {
  const { listing, type, status, client, seats, startsAt, endsAt } = booking;
  const { amountMinor, currency, unit } = listing;
  const price = type === 'block' ? null : priceOf({ amountMinor, currency, unit }, { startsAt, endsAt, seats });
  return {
    ...refOf(listing),
    type,
    status,
    client_id: client,
    owner_id: listing.ownerId,
    seats,
    starts_at: startsAt.toISOString(),
    ends_at: endsAt.toISOString(),
    time_zone: listing.timeZone,
    price_amount_minor: price?.amountMinor ?? null,
    price_currency: price?.currency ?? null,
    price_unit: price?.unit ?? null,
    price_total_minor: price?.totalMinor ?? null,
    note: type === 'stay' ? scene.random.pick(notes) : null,
    reason: status === 'declined' ? 'We are being painted that week, sorry.' : null,
    cancelled_by: status === 'cancelled' ? 'client' : null,
    ...daysAgo(scene, booking.bookedDaysAgo),
  };
};

const bookings = (scene: Scene): Row[] =>
  scene.listings.flatMap((listing) =>
    (listing.kind === 'events' ? participations(scene, listing) : stays(scene, listing)).map((booking) =>
      bookingRow(scene, booking),
    ),
  );

/** Never more than there are seats. */
const participations = (scene: Scene, listing: DemoListing): DemoBooking[] => {
  if (!listing.startsAt || !listing.endsAt) return [];
  const { random, now } = scene;
  const [startsAt, endsAt] = [new Date(listing.startsAt), new Date(listing.endsAt)];
  let free = listing.capacity ?? 1_000;
  const made: DemoBooking[] = [];
  for (const client of some(scene, { listing, count: random.integer(0, 9) })) {
    const seats = Math.min(random.pick([1, 1, 2, 2, 3, 4]), free);
    if (seats === 0) break;
    free -= seats;
    const status = endsAt < now ? 'completed' : 'confirmed';
    made.push({
      listing,
      type: 'participation',
      status,
      client,
      seats,
      startsAt,
      endsAt,
      bookedDaysAgo: random.between(4.5, 30),
    });
  }
  return made;
};

/** Past and coming times, each in a week of its own, so that none overlap. */
const stays = (scene: Scene, listing: DemoListing): DemoBooking[] => {
  const { random, now } = scene;
  const made: DemoBooking[] = [];
  for (let week = -12; week <= 8; week += 1) {
    if (week === 0 || !random.chance(0.2)) continue;
    const day = now.getTime() + week * 7 * DAY_MS + random.integer(0, 4) * DAY_MS;
    const startsAt = new Date(Math.floor(day / DAY_MS) * DAY_MS + random.integer(6, 15) * HOUR_MS);
    const endsAt = new Date(startsAt.getTime() + random.pick([3, 5, 8, 30]) * HOUR_MS);
    const isBlock = week > 0 && random.chance(0.15);
    const [client] = isBlock ? [null] : some(scene, { listing, count: 1 });
    if (client === undefined) continue;
    made.push({
      listing,
      type: isBlock ? 'block' : 'stay',
      status: isBlock ? 'confirmed' : random.pick(week < 0 ? past : coming),
      client,
      seats: isBlock ? 1 : Math.min(random.integer(4, 40), listing.capacity ?? 40),
      startsAt,
      endsAt,
      bookedDaysAgo: week < 0 ? -week * 7 + random.between(6, 30) : random.between(0.2, 20),
    });
  }
  return made;
};

const past: BookingStatus[] = ['completed', 'completed', 'completed', 'cancelled', 'declined'];
const coming: BookingStatus[] = ['confirmed', 'confirmed', 'requested', 'requested', 'cancelled'];

const messageColumns = {
  ...listingColumns,
  client_id: 'int',
  owner_id: 'int',
  sender_id: 'int',
  text: 'varchar',
  read_at: 'timestamptz',
  ...dated,
};

const messages = (scene: Scene): Row[] => {
  const { random, now } = scene;
  return scene.listings
    .filter((_, index) => index % 4 === 1)
    .flatMap((listing) => {
      const [client] = some(scene, { listing, count: 1 });
      if (client === undefined) return [];
      const said = [random.pick(questions[listing.kind]), random.pick(answers), random.pick(replies)];
      const begun = now.getTime() - random.between(0.2, 25) * DAY_MS;
      return said.slice(0, random.integer(1, 3)).map((text, index, all): Row => {
        const at = new Date(Math.min(begun + index * random.between(0.5, 4) * HOUR_MS, now.getTime() - HOUR_MS));
        return {
          ...refOf(listing),
          client_id: client,
          owner_id: listing.ownerId,
          sender_id: index % 2 === 0 ? client : listing.ownerId,
          text,
          read_at: index < all.length - 1 ? at.toISOString() : null,
          created_at: at.toISOString(),
          updated_at: at.toISOString(),
        };
      });
    });
};

const contactColumns = {
  name: 'varchar',
  email: 'varchar',
  subject: 'varchar',
  text: 'varchar',
  status: 'enum_contact_messages_status',
  ...dated,
};

const contacts = (scene: Scene): Row[] =>
  contactMails.map((mail, index) => ({
    ...mail,
    status: index === 0 ? 'resolved' : 'open',
    ...daysAgo(scene, 6 - index * 2.3),
  }));

const reportColumns = {
  subject: 'enum_reports_subject',
  subject_kind: 'varchar',
  subject_id: 'numeric',
  reason: 'enum_reports_reason',
  details: 'varchar',
  reporter_id: 'int',
  status: 'enum_reports_status',
  ...dated,
};

const reports = (scene: Scene): Row[] => {
  const said = [
    ['misleading', 'The pictures are of the house next door.', 'open'],
    ['spam', 'I have seen this very text three times today.', 'open'],
    ['other', 'The phone number belongs to somebody else.', 'resolved'],
  ] as const;
  return said.map(([reason, details, status], index) => {
    const listing = scene.random.pick(scene.listings);
    return {
      subject: 'listing',
      subject_kind: listing.kind,
      subject_id: listing.id,
      reason,
      details,
      reporter_id: index === 1 ? null : scene.random.pick(othersThan(scene, listing)),
      status,
      ...daysAgo(scene, index * 2 + 0.4),
    };
  });
};

/** As the hook does for reviews that are written. */
const markVerifiedReviews = async (sql: SqlExecutor): Promise<void> => {
  await sql.query(
    `UPDATE reviews AS review SET verified = true
     WHERE EXISTS (
       SELECT FROM bookings AS booking
       WHERE booking.kind = review.kind AND booking.listing_id = review.listing_id
         AND booking.client_id = review.author_id AND booking.status = 'completed')`,
  );
};

/** Three listings that nobody has claimed yet, of which one is claimed by somebody who waits for an answer. */
const leaveSomeUnclaimed = async (sql: SqlExecutor, scene: Scene): Promise<void> => {
  const quiet = scene.listings.filter(({ kind }) => kind === 'locations').slice(-3);
  for (const [index, listing] of quiet.entries()) {
    const status = index === 0 ? 'pending' : 'unclaimed';
    await sql.query(`UPDATE ${listing.kind} SET owner_id = NULL, claim_status = $2 WHERE id = $1`, [
      listing.id,
      status,
    ]);
    await sql.query(
      `UPDATE _${listing.kind}_v SET version_owner_id = NULL, version_claim_status = $2 WHERE parent_id = $1`,
      [listing.id, status],
    );
    await sql.query('DELETE FROM bookings WHERE kind = $1 AND listing_id = $2', [listing.kind, listing.id]);
    await sql.query('DELETE FROM messages WHERE kind = $1 AND listing_id = $2', [listing.kind, listing.id]);
  }
  const claimed = quiet[0];
  const claimant = claimed && othersThan(scene, claimed).at(-1);
  if (!claimed || claimant === undefined) return;
  await sql.query(
    `INSERT INTO claims (kind, listing_id, claimant_id, text, status) VALUES ($1, $2, $3, $4, 'pending')`,
    [
      claimed.kind,
      claimed.id,
      claimant,
      'I have run the place since 2019; my name is on the door and in the register.',
    ],
  );
};

/** One of the clients waits to be verified, another was not. */
const askForVerification = async (sql: SqlExecutor, { people, now }: Scene): Promise<void> => {
  const [waiting, rejected] = people.slice(-2);
  if (waiting === undefined || rejected === undefined) return;
  await sql.query(
    `INSERT INTO verifications (user_id, legal_name, text, status, reason, decided_at) VALUES
       ($1, 'Waiting Person SRL', 'Registered since 2016, J22/1893.', 'pending', NULL, NULL),
       ($2, 'Somebody Else', '', 'rejected', 'The name on the document is another one.', $3)`,
    [waiting, rejected, now.toISOString()],
  );
  await sql.query(
    `UPDATE users SET verification = (CASE WHEN id = $1 THEN 'pending' ELSE 'rejected' END)::enum_users_verification
     WHERE id IN ($1, $2)`,
    [waiting, rejected],
  );
};
