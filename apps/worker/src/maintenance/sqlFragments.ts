/** SQL for a moment as payloads have it: ISO 8601 in UTC. */
export const isoSql = (moment: string): string =>
  `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** SQL for a moment in a notification's key: an event that is moved is another matter. */
export const secondsSql = (moment: string): string => `extract(epoch FROM ${moment})::bigint`;

/** SQL for an event as payloads have it, of a row of `worker_events` or of those who are about one. */
export const eventSql = (row: string, id: string): string => `jsonb_build_object(
  'kind', 'events', 'id', ${row}.${id}, 'title', ${row}.title, 'slug', ${row}.slug,
  'startsAt', ${isoSql(`${row}.starts_at`)}, 'endsAt', ${isoSql(`coalesce(${row}.ends_at, ${row}.starts_at)`)},
  'timeZone', coalesce(${row}.time_zone, 'UTC'), 'place', left(${row}.place, 300))`;

/** SQL for a listing as payloads have it, of a row that has its kind, id, title and slug. */
export const listingSql = (row: string): string =>
  `jsonb_build_object('kind', ${row}.kind, 'id', ${row}.listing_id, 'title', ${row}.title, 'slug', ${row}.slug)`;
