import { type ScorePart, scoreParts, storedPartOf } from '../../collections/Feed/scoring';
import { DataTable } from '../components/DataTable';
import type { RankedIn } from './ranksOf';

const partNames: Record<ScorePart, string> = {
  rating: 'Rating',
  reviews: 'Reviews',
  views: 'Views',
  favorites: 'Favourites',
  bookings: 'Bookings',
  clickThrough: 'Click-through',
};

const points = (value: number): string => (value * 100).toFixed(1);
const times = (value: number): string => `× ${value.toFixed(3)}`;

/** The stored parts of a listing's score, in each of its segments. */
export const RankTable = ({
  ranks,
  caption = 'Why it ranks where it does',
}: {
  ranks: RankedIn[];
  caption?: string;
}) => (
  <DataTable
    caption={caption}
    columns={[
      { heading: 'Among', cell: segmentName },
      { heading: 'Place', cell: ({ place, of }) => `${place} of ${of}`, isNumber: true },
      ...scoreParts.map((part) => ({
        heading: partNames[part],
        cell: ({ parts }: RankedIn) => (parts ? points(storedPartOf(parts, part).weighted) : '–'),
        isNumber: true,
      })),
      { heading: 'Tier', cell: ({ parts }: RankedIn) => (parts ? times(parts.tier) : '–'), isNumber: true },
      { heading: 'Recency', cell: ({ parts }: RankedIn) => (parts ? times(parts.recency) : '–'), isNumber: true },
      { heading: 'By the day', cell: ({ parts }: RankedIn) => (parts ? times(parts.jitter) : '–'), isNumber: true },
      { heading: 'Score', cell: ({ score }: RankedIn) => points(score), isNumber: true },
    ]}
    empty="It is in no ranking: not public, or not ranked yet."
    keyOf={({ city, type }) => `${city}-${type}`}
    rows={ranks}
  />
);

const segmentName = ({ cityName, typeName }: RankedIn): string =>
  [typeName ?? 'all types', cityName ?? 'all cities'].join(', ');
