import { cardsQuerySchema, type ListingCards } from '@convene/common/api';
import { listingKinds } from '@convene/common/listings';
import type { SqlExecutor } from '@convene/coordination';
import type { ListingRef } from '../../collections/Listings/listingRef';
import { listingCards } from '../../readModels/listingCards';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, limitReads, type RouteHandler, readQuery } from '../http';
import { cardsLimit } from '../limits';

/** GET /api/cards */
export const cards: RouteHandler = async (request) => {
  await limitReads(request, cardsLimit);
  const { listings } = readQuery(request, cardsQuerySchema);
  const refs = listings.map(({ kind, listingId }) => ({ kind, id: listingId }));
  return jsonAnswer(await readCards(getPool(), refs), 200, { 'Cache-Control': 'public, max-age=10' });
};

/** In the order asked for, each once; what visitors don't see is left out. */
export const readCards = async (sql: SqlExecutor, listings: ListingRef[]): Promise<ListingCards> => {
  const ofKinds = await Promise.all(
    listingKinds.map(async (kind) => {
      const wanted = listings.filter((listing) => listing.kind === kind).map(({ id }) => id);
      if (wanted.length === 0) return [];
      const { rows } = await sql.query<{ id: number }>(
        'SELECT id FROM worker_listings WHERE kind = $1 AND id = ANY ($2) AND is_live',
        [kind, wanted],
      );
      return listingCards(sql, { kind, ids: rows.map(({ id }) => id) });
    }),
  );
  const byListing = new Map(ofKinds.flat().map((card) => [`${card.kind}:${card.id}`, card]));
  const order = new Set(listings.map(({ kind, id }) => `${kind}:${id}`));
  return { items: [...order].flatMap((mark) => byListing.get(mark) ?? []) };
};
