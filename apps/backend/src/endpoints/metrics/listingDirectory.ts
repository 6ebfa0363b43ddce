import { type ListingKind, listingKinds, staffRoles } from '@convene/common/listings';
import type { ListingRef } from '@convene/common/metrics';
import type { SqlExecutor } from '@convene/coordination';
import { LRUCache } from 'lru-cache';

/** What counting must know of a listing that exists. */
export type KnownListing = { ownerId: string | null; isVisible: boolean };

const LISTINGS_KEPT = 50_000;
const USERS_KEPT = 10_000;
const KNOWN_TTL_MS = 60_000;
/** Shorter for what can't be counted yet: a listing that is approved a moment later begins to count soon. */
const UNCOUNTED_TTL_MS = 10_000;

/** How exactly entries age. At less than a second's exactness looking one up costs a timer. */
const AGE_RESOLUTION_MS = 1_000;

const cacheKeyOf = ({ kind, listingId }: ListingRef): string => `${kind}/${listingId}`;

const LOOK_UP = listingKinds
  .map(
    (kind, index) => `
    SELECT '${kind}' AS kind, id AS "listingId", owner_id::text AS "ownerId",
           coalesce(_status = 'published' AND moderation_status = 'approved', false) AS "isVisible"
    FROM ${kind} WHERE id = ANY($${index + 1}::int[]) AND deleted_at IS NULL`,
  )
  .join(' UNION ALL ');

const LOOK_UP_STAFF = `
  SELECT DISTINCT parent_id::text AS "userId" FROM users_roles
  WHERE parent_id = ANY($1::int[]) AND value::text = ANY($2::text[])`;

/**
 * Which listings exist, whose they are, and who is staff: from Postgres, kept in this process for a minute, all that
 * is not known yet asked by one statement.
 */
export class ListingDirectory {
  readonly #sql: () => SqlExecutor;
  readonly #listings = new LRUCache<string, KnownListing | 'none'>({
    max: LISTINGS_KEPT,
    ttl: KNOWN_TTL_MS,
    ttlResolution: AGE_RESOLUTION_MS,
  });
  readonly #staff = new LRUCache<string, boolean>({
    max: USERS_KEPT,
    ttl: KNOWN_TTL_MS,
    ttlResolution: AGE_RESOLUTION_MS,
  });

  constructor(sql: () => SqlExecutor) {
    this.#sql = sql;
  }

  /** For each of `refs`, in their order, what is known of it; null where there is no such listing. */
  async find(refs: ListingRef[]): Promise<(KnownListing | null)[]> {
    const keys = refs.map(cacheKeyOf);
    const known = keys.map((key) => this.#listings.get(key));
    const missing = refs.filter((_, index) => known[index] === undefined);
    const fresh = missing.length > 0 ? await this.#ask(missing) : null;
    return known.map((listing, index) => {
      const found = listing ?? fresh?.get(keys[index] ?? '') ?? 'none';
      return found === 'none' ? null : found;
    });
  }

  /** Those of the users that are moderators or admins. */
  async staffAmong(userIds: string[]): Promise<Set<string>> {
    const ids = [...new Set(userIds)].filter((id) => /^\d{1,9}$/.test(id));
    const missing = ids.filter((id) => !this.#staff.has(id));
    const fresh = new Set<string>();
    if (missing.length > 0) {
      const { rows } = await this.#sql().query<{ userId: string }>(LOOK_UP_STAFF, [missing.map(Number), staffRoles]);
      for (const { userId } of rows) fresh.add(userId);
      for (const id of missing) this.#staff.set(id, fresh.has(id));
    }
    return new Set(ids.filter((id) => fresh.has(id) || this.#staff.get(id)));
  }

  async #ask(refs: ListingRef[]): Promise<Map<string, KnownListing>> {
    const idsOf = (kind: ListingKind) => [
      ...new Set(refs.filter((ref) => ref.kind === kind).map(({ listingId }) => listingId)),
    ];
    const { rows } = await this.#sql().query<ListingRef & KnownListing>(LOOK_UP, listingKinds.map(idsOf));
    const found = new Map(
      rows.map(({ kind, listingId, ownerId, isVisible }) => [cacheKeyOf({ kind, listingId }), { ownerId, isVisible }]),
    );
    for (const ref of refs) {
      const listing = found.get(cacheKeyOf(ref));
      const ttl = listing?.isVisible ? KNOWN_TTL_MS : UNCOUNTED_TTL_MS;
      this.#listings.set(cacheKeyOf(ref), listing ?? 'none', { ttl });
    }
    return found;
  }
}
