import type { FeedSort } from '@convene/common/api';
import { type Currency, currencies, type ListingKind } from '@convene/common/listings';
import type { TextMatch } from './segment';

type Order = { by: string; join?: string };
type Asked = { kind: ListingKind; match: TextMatch | undefined; value: (one: unknown) => string };

/**
 * What one of each is about worth, to put prices in several currencies into one order. Nothing is computed from it that
 * anybody reads: between two currencies the order is approximate, within one it is exact.
 */
const roughWorth = { EUR: 1, RON: 0.2, USD: 0.9, GBP: 1.15 } as const satisfies Record<Currency, number>;

/** Null where a card says that the price is on request. */
const price = `CASE WHEN listing.price_unit IS NOT NULL THEN listing.price_amount_minor * CASE listing.price_currency
  ${currencies.map((currency) => `WHEN '${currency}' THEN ${roughWorth[currency]}`).join(' ')} END END`;

const byPrice = (direction: 'ASC' | 'DESC') => (): Order => ({
  by: `${price} ${direction} NULLS LAST, listing.id DESC`,
});

/** The rank among all of the kind: a text is looked for across cities and types. */
const joinRank = (kind: ListingKind): string => `LEFT JOIN listing_rank AS rank
  ON rank.kind = '${kind}' AND rank.city = 'all' AND rank.type = 'all' AND rank.listing_id = listing.id`;
const rankScore = 'coalesce(rank.score, 0)::float8';

/**
 * How well the names fit counts first: the whole title, then all words in title, type and city, then some of them by
 * where they are. Scores of ranks are from 0 to about 1.5, so that they decide among listings that fit alike, and lift
 * a good one above one that fits a little better.
 */
const byRelevance = ({ kind, match, value }: Asked): Order => {
  if (match?.by === 'similarity')
    return { join: joinRank(kind), by: `found.closeness + 0.2 * ${rankScore} DESC, listing.id DESC` };
  if (!match) return { join: joinRank(kind), by: `${rankScore} DESC, listing.id DESC` };
  const query = `${value(match.query)}::tsquery`;
  const folded = `convene_fold(${value(match.text)})`;
  return {
    join: joinRank(kind),
    by: `2 * (found.title = ${folded})::int + (found.names @@ ${query})::int + ts_rank(found.names, ${query})
         + 0.5 * ${rankScore} DESC, listing.id DESC`,
  };
};

/** Each ends with the id, so that pages follow each other without gaps. */
export const orders: Record<FeedSort, (asked: Asked) => Order> = {
  rank: ({ kind }) => ({ join: joinRank(kind), by: `${rankScore} DESC, listing.id DESC` }),
  relevance: byRelevance,
  newest: () => ({ by: 'listing.approved_at DESC NULLS LAST, listing.id DESC' }),
  'price-asc': byPrice('ASC'),
  'price-desc': byPrice('DESC'),
  // Drawn towards the mean of all: a single enthusiast puts nobody on top.
  rating: ({ kind }) => ({
    join: `LEFT JOIN aggregates AS rated
      ON rated.kind = '${kind}' AND rated.listing_id = listing.id AND rated.review_count > 0`,
    by: `coalesce(rated.rating_bayesian, rated.rating_average) DESC NULLS LAST, rated.review_count DESC NULLS LAST,
         listing.id DESC`,
  }),
  soonest: () => ({ by: 'listing.starts_at, listing.id' }),
};
