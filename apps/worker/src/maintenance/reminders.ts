import { MAX_RECIPIENTS_PER_ROW } from '@convene/common';
import { type FanOut, stableIdSql } from '@convene/outbox';
import { eventSql, secondsSql } from './sqlFragments';
import type { Due } from './types';

/** Every quarter of an hour, when most events start. */
export const REMINDER_CRON = '*/15 * * * *';
/** A reminder that comes later than this before the start is none. After a stop, those until then are made up for. */
const LATEST_HOURS_BEFORE = 12;
export const REMINDER_CATCH_UP_HOURS = 24 - LATEST_HOURS_BEFORE;

/**
 * Reminds everybody whom `people` selects, 24 hours before the start by the clock that knows no time zones, by rows of
 * a hundred. All of an event's rows are written at once, and none later: who joins the list after them was told of the
 * event within its last day anyway.
 *
 * @param people a SELECT of rows with `event_id`, `user_id`, `since` (when they joined the list) and the event's columns
 */
export const remind = (
  { type, people }: { type: FanOut['type']; people: string },
  { dueAt, now }: Due & { now: Date },
): FanOut => {
  const key = (chunk: string): string =>
    `person.event_id || ':' || ${secondsSql('person.starts_at')} || ':' || ${chunk}`;
  return {
    type,
    params: [dueAt, now],
    rows: `
      SELECT ${key('person.chunk')} AS key,
             jsonb_build_object('userIds', jsonb_agg(person.user_id ORDER BY person.user_id),
                                'event', ${eventSql('person', 'event_id')}) AS payload
      FROM (
        SELECT person.*,
               (row_number() OVER (PARTITION BY event_id ORDER BY user_id) - 1) / ${MAX_RECIPIENTS_PER_ROW} AS chunk
        FROM (${people}) AS person
        WHERE person.starts_at <= $1::timestamptz + interval '24 hours'
          AND person.starts_at > $1::timestamptz + interval '${LATEST_HOURS_BEFORE} hours'
          AND person.starts_at > $2::timestamptz
          AND person.since <= person.starts_at - interval '24 hours'
          AND NOT EXISTS (SELECT FROM notification_outbox AS first_row
                          WHERE first_row.id = ${stableIdSql(`'${type}:' || ${key(`'0'`)}`)})
      ) AS person
      GROUP BY person.event_id, person.title, person.slug, person.starts_at, person.ends_at, person.time_zone,
               person.place, person.chunk`,
  };
};
