import type { Pool } from 'pg';

export type SeedSize = { listings: number };

const CITIES = 40;
const TYPES_PER_KIND = 8;
const FACILITIES = 20;
const IMAGES = 200;
const kinds = ['locations', 'events', 'services'] as const;

/** A number from 0 to 1 that `id` and `salt` decide, so that every run measures the same market. */
const unit = (id: string, salt: number) => `((hashint8extended(${id}, ${salt}) & 1048575) / 1048575.0)`;
/** One of 1 … `count`, the low ones far more often: a few cities and words hold most of the market. */
const skewed = (id: string, salt: number, count: number) => `(1 + floor(${count - 1} * ${unit(id, salt)} ^ 2.2)::int)`;
const even = (id: string, salt: number, count: number) => `(1 + floor(${count - 0.001} * ${unit(id, salt)})::int)`;

/** Syllables make 400 words; titles and summaries are made of these. */
const word = (number: string) => `(
  (ARRAY['ba','ce','di','fo','gu','la','me','ni','po','ru','sa','te','vi','zo','Șa','Țe','hî','câ','mă','ri'])[1 + ${number} % 20]
  || (ARRAY['lar','mond','nes','pit','rav','sto','tul','vend','bran','dor','fel','gar','hol','jin','kar','lum','mar','nor','ost','pal'])[1 + (${number} / 20) % 20])`;
const words = (id: string, salts: number[]) =>
  salts.map((salt) => word(`(${skewed(id, salt, 400)} - 1)`)).join(" || ' ' || ");

const tier = `CASE WHEN ${unit('id', 1)} < 0.01 THEN 'sponsored' WHEN ${unit('id', 1)} < 0.06 THEN 'recommended'
  WHEN ${unit('id', 1)} < 0.14 THEN 'new' ELSE 'standard' END`;

/** A description of sixty words, as rich text. */
const description = `jsonb_build_object('root', jsonb_build_object('type', 'root', 'children', jsonb_build_array(
  jsonb_build_object('type', 'paragraph', 'children', jsonb_build_array(jsonb_build_object('type', 'text', 'text', (
    SELECT string_agg(${word(`(${skewed('(id * 64 + place)', 35, 400)} - 1)`)}, ' ') FROM generate_series(1, 60) AS place)))))))`;

/** Three in four are somewhere within ten kilometres of their city, and cities within one country. */
const isPlaced = (id: string) => `${unit(id, 36)} < 0.75`;
const cityOf = (id: string) => skewed(id, 14, CITIES);
const degrees = (id: string, { from, to, salt }: { from: number; to: number; salt: number }) =>
  `CASE WHEN ${isPlaced(id)} THEN round((${from} + ${to - from} * ${unit(`${cityOf(id)}::bigint`, salt)}
    + 0.2 * (${unit(id, salt + 1)} - 0.5))::numeric, 6) END`;

const sharedColumns =
  'id, title, summary, description, latitude, longitude, slug, type_id, city_id, cover_id, owner_id, tier, moderation_status, _status, approved_at, price_amount_minor, price_currency, price_unit';
const shared = ({ kind, firstType, owners }: { kind: string; firstType: number; owners: number }) => `
  id, ${words('id', [2, 3, 4])}, ${words('id', [5, 6, 7, 8, 9, 10, 11, 12])},
  ${description}, ${degrees('id', { from: 43.8, to: 48.2, salt: 37 })}, ${degrees('id', { from: 20.5, to: 29.5, salt: 39 })},
  '${kind}-' || id,
  ${firstType - 1} + ${skewed('id', 13, TYPES_PER_KIND)}, ${cityOf('id')}, ${even('id', 15, IMAGES)},
  CASE WHEN ${unit('id', 16)} < 0.9 THEN ${skewed('id', 17, owners)} END, (${tier})::enum_${kind}_tier,
  CASE WHEN ${unit('id', 18)} < 0.97 THEN 'approved' ELSE 'pending' END::enum_${kind}_moderation_status,
  CASE WHEN ${unit('id', 18)} < 0.97 THEN 'published' ELSE 'draft' END::enum_${kind}_status,
  now() - ${unit('id', 19)} * interval '700 days',
  CASE WHEN ${unit('id', 20)} < 0.9 THEN 500 + floor(100000 * ${unit('id', 21)} ^ 3) END,
  CASE WHEN ${unit('id', 22)} < 0.8 THEN 'EUR' ELSE 'RON' END::enum_${kind}_price_currency,
  (ARRAY['hour', 'day', 'event', 'person'])[${even('id', 23, 4)}]::enum_${kind}_price_unit`;

const capacity = `(20 + floor(2000 * ${unit('id', 24)} ^ 4))`;

/** A market of that many listings, a third of each kind, with what their cards show and what filters ask for. */
export const seedMarket = async (pool: Pool, { listings }: SeedSize): Promise<void> => {
  // What is searched is written at the end for all at once, not one by one by the triggers.
  await switchSearchTriggers(pool, 'DISABLE');
  const perKind = Math.ceil(listings / 3);
  const owners = Math.ceil(listings / 10);
  const ids = `generate_series(1, ${perKind}) AS id`;
  const statements = [
    `INSERT INTO cities (id, name, slug, country) SELECT id, 'City ' || id, 'city-' || id, 'Romania' FROM generate_series(1, ${CITIES}) AS id`,
    ...kinds.map(
      (kind, index) => `INSERT INTO listing_types (id, name, slug, kind)
        SELECT ${index * TYPES_PER_KIND} + id, 'Type ' || id, 'type-' || id || '-${kind}', '${kind}' FROM generate_series(1, ${TYPES_PER_KIND}) AS id`,
    ),
    `INSERT INTO facilities (id, name, slug) SELECT id, 'Facility ' || id, 'facility-' || id FROM generate_series(1, ${FACILITIES}) AS id`,
    `INSERT INTO media (id, alt, filename, width, height, mime_type,
        sizes_w400_filename, sizes_w400_width, sizes_w400_height, sizes_w800_filename, sizes_w800_width, sizes_w800_height)
      SELECT id, 'A picture', 'picture-' || id || '.webp', 1600, 1067, 'image/webp',
        'picture-' || id || '-400.webp', 400, 267, 'picture-' || id || '-800.webp', 800, 533
      FROM generate_series(1, ${IMAGES}) AS id`,
    `INSERT INTO users (id, email, display_name, _verified) SELECT id, 'owner-' || id || '@example.com', 'Owner ' || id, true
      FROM generate_series(1, ${owners}) AS id`,
    `INSERT INTO locations (${sharedColumns}, capacity)
      SELECT ${shared({ kind: 'locations', firstType: 1, owners })}, ${capacity} FROM ${ids}`,
    `INSERT INTO services (${sharedColumns}) SELECT ${shared({ kind: 'services', firstType: 2 * TYPES_PER_KIND + 1, owners })} FROM ${ids}`,
    `INSERT INTO events (${sharedColumns}, capacity, starts_at, ends_at, time_zone)
      SELECT ${shared({ kind: 'events', firstType: TYPES_PER_KIND + 1, owners })}, ${capacity},
        start, start + interval '5 hours', 'Europe/Bucharest'
      FROM ${ids} CROSS JOIN LATERAL (SELECT now() + (${unit('id', 25)} * 210 - 30) * interval '1 day' AS start) AS at`,
    `INSERT INTO locations_rels (parent_id, path, facilities_id, "order")
      SELECT location.id, 'facilities', facility.id, facility.id
      FROM locations AS location CROSS JOIN facilities AS facility
      WHERE ${unit('location.id * 64 + facility.id', 26)} < 0.5 / facility.id + 0.05`,
    `INSERT INTO metrics_daily (kind, listing_id, day, views, impressions, favorites, bookings)
      SELECT kind, id, to_char((now() AT TIME ZONE 'UTC')::date - day, 'YYYY-MM-DD'),
        floor(60 * ${unit('id', 27)} ^ 3), floor(400 * ${unit('id', 28)}), floor(4 * ${unit('id', 29)}), floor(2 * ${unit('id', 30)})
      FROM visible_listings CROSS JOIN generate_series(1, 2) AS day`,
  ];
  for (const statement of statements) await pool.query(statement);
  for (const kind of kinds)
    await pool.query(`SELECT convene_refresh_search('${kind}', (SELECT array_agg(id) FROM ${kind}))`);
  await switchSearchTriggers(pool, 'ENABLE');
};

const switchSearchTriggers = async (pool: Pool, how: 'ENABLE' | 'DISABLE'): Promise<void> => {
  for (const kind of kinds) await pool.query(`ALTER TABLE ${kind} ${how} TRIGGER ${kind}_search_inserted`);
};

/** A third of the listings has been reviewed: as if by so many rows of reviews. Between aggregating and ranking. */
export const seedRatings = (pool: Pool) =>
  pool.query(`
    UPDATE aggregates SET review_count = 1 + floor(80 * ${unit('listing_id::bigint', 31)} ^ 3),
      rating_average = 1 + round((4 * ${unit('listing_id::bigint', 32)} ^ 0.4)::numeric, 2),
      rating_bayesian = 3 + round((2 * ${unit('listing_id::bigint', 33)})::numeric, 4)
    WHERE ${unit('listing_id::bigint', 34)} < 0.34`);
