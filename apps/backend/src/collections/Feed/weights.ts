import type { SqlExecutor } from '@convene/coordination';
import { defaultWeights, type ScorePart, type ScoreWeights, scoreParts } from './scoring';

const columns: Record<ScorePart, string> = {
  rating: 'rating',
  reviews: 'reviews',
  views: 'views',
  favorites: 'favorites',
  bookings: 'bookings',
  clickThrough: 'click_through',
};

/** The weights that admins have set, else the defaults. */
export const readScoreWeights = async (sql: SqlExecutor): Promise<ScoreWeights> => {
  const { rows } = await sql.query<ScoreWeights>(
    `SELECT ${scoreParts.map((part) => `${columns[part]}::float8 AS "${part}"`).join(', ')}
     FROM feed_weights ORDER BY id LIMIT 1`,
  );
  return rows[0] ?? defaultWeights;
};
