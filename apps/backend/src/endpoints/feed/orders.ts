import type { FeedSort } from '@convene/common/api';
import { type Currency, currencies, type ListingKind } from '@convene/common/listings';

type Order = { by: string; join?: string };

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

/** Each ends with the id, so that pages follow each other without gaps. */
export const orders: Record<FeedSort, (kind: ListingKind) => Order> = {
  // As the ranks' index holds it; the segment is made of that table.
  rank: () => ({ by: 'rank.score DESC, rank.listing_id DESC' }),
  // Of what is spelt like a text; what has its words is ordered in relevantList.
  relevance: (kind) => ({
    join: `LEFT JOIN listing_rank AS rank
      ON rank.kind = '${kind}' AND rank.city = 'all' AND rank.type = 'all' AND rank.listing_id = listing.id`,
    by: 'found.closeness + 0.2 * coalesce(rank.score, 0)::float8 DESC, listing.id DESC',
  }),
  newest: () => ({ by: 'listing.approved_at DESC NULLS LAST, listing.id DESC' }),
  'price-asc': byPrice('ASC'),
  'price-desc': byPrice('DESC'),
  // Drawn towards the mean of all: a single enthusiast puts nobody on top.
  rating: (kind) => ({
    join: `LEFT JOIN aggregates AS rated
      ON rated.kind = '${kind}' AND rated.listing_id = listing.id AND rated.review_count > 0`,
    by: `coalesce(rated.rating_bayesian, rated.rating_average) DESC NULLS LAST, rated.review_count DESC NULLS LAST,
         listing.id DESC`,
  }),
  soonest: () => ({ by: 'listing.starts_at, listing.id' }),
};
