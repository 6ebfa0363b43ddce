import type { FanOut } from '@convene/outbox';
import { fanOutSchedule } from './fanOutSchedule';
import { lastWholeDay } from './periods';
import { listingSql } from './sqlFragments';
import type { Due, QueuedSchedule } from './types';

const favorited = ({ dueAt }: Due): FanOut => ({
  type: 'listing.favorited',
  params: [lastWholeDay(dueAt)],
  rows: `
    SELECT $1::text || ':' || saved.kind || ':' || saved.listing_id AS key,
           jsonb_build_object('ownerId', saved.owner_id, 'listing', ${listingSql('saved')},
                              'count', saved.favorites, 'total', saved.total) AS payload
    FROM worker_listing_favorites_of_day($1::text::date) AS saved
    WHERE saved.owner_id IS NOT NULL`,
});

/** Collects what was saved in a day into one mail a listing. */
export const favoritesDigestSchedule: QueuedSchedule = {
  does: 'tells owners how many saved a listing of theirs the day before, by one mail a listing',
  cron: '30 7 * * *',
  catchUpHours: 20,
  ...fanOutSchedule('favorites-digest', (plan) => [favorited(plan)]),
};
