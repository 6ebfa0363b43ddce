import { listingKinds, type Role } from '@convene/common/listings';
import type { CollectionSlug, FlattenedField } from 'payload';
import { rulesOf } from '../../src/access/table/accessTable';
import { type Person, people } from '../../src/access/table/audiences';
import type { RowState } from '../../src/access/table/types';
import type { User } from '../../src/payload-types';
import { createPayloadHarness, PASSWORD, type PayloadHarness } from '../payloadHarness';
import { type Related, valueFor } from './values';

export type Somebody = Exclude<Person, 'anonymous'> | 'stranger';

/** A row to try things on: in which state, and through which field it is whose. */
export type Specimen = { id: number | string; state: RowState; of: Somebody | null; by: string | null };

export type World = PayloadHarness & {
  users: Record<Somebody, User>;
  tokens: Record<Somebody, string>;
  related: Related;
  specimens: Record<string, Specimen[]>;
  /** What a person may be asked about: their own rows and the stranger's, or simply all where rows are nobody's. */
  specimensFor: (slug: CollectionSlug, person: Person) => { row: Specimen; isOwn: boolean }[];
  fieldsOf: (slug: CollectionSlug) => FlattenedField[];
  /** Valid data for a new row, with a value for every field that is stored. */
  dataFor: (slug: CollectionSlug, changes?: Record<string, unknown>) => Record<string, unknown>;
};

const everybody = [...people.filter((person) => person !== 'anonymous'), 'stranger'] as Somebody[];

const rolesOf = (who: Somebody): Role[] => {
  if (who === 'deleted' || who === 'unverified') return ['client', 'host', 'organizer', 'provider'];
  return who === 'stranger' || who === 'client' ? ['client'] : ['client', who];
};

const notStored = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt', 'password', 'collection']);

let seeds = 0;

/** Odd: the states that a row begins in. */
const nextSeed = (): number => {
  seeds += 2;
  return seeds + 1;
};

/** A marketplace in which everybody has something of everything. What is imported of the app comes after this. */
export const createWorld = async (): Promise<World> => {
  const harness = await createPayloadHarness();
  const { silentContext } = await import('../../src/notifications/silence');
  const { payload, pool } = harness;
  const users = {} as Record<Somebody, User>;
  const tokens = {} as Record<Somebody, string>;
  for (const who of everybody) {
    const user = await harness.createUser({
      email: `${who}@example.com`,
      displayName: `A ${who}`,
      roles: rolesOf(who),
    });
    const { token } = await payload.login({ collection: 'users', data: { email: user.email, password: PASSWORD } });
    users[who] = user;
    tokens[who] = token ?? '';
  }
  const related: Record<string, (number | string)[]> = { users: [users.stranger.id, users.unverified.id] };
  const fieldsOf = (slug: CollectionSlug) => payload.collections[slug].config.flattenedFields;

  const dataFor: World['dataFor'] = (slug, changes = {}) => {
    const seed = nextSeed();
    const values: Record<string, unknown> = {};
    for (const field of fieldsOf(slug)) {
      if (notStored.has(field.name) && !(field.name === 'id' && field.type === 'text')) continue;
      if ('virtual' in field && field.virtual) continue;
      values[field.name] = valueFor(slug, field, { seed, related });
    }
    return { ...values, ...changes };
  };
  /** Past the hooks, as a row that is simply there; listings by Payload, which keeps their versions. */
  const add = async (slug: CollectionSlug, changes: Record<string, unknown>): Promise<number | string> => {
    const data = dataFor(slug, changes);
    if (!payload.collections[slug].config.versions) {
      return (await payload.db.create({ collection: slug, data })).id;
    }
    const { id } = await payload.create({
      collection: slug as 'locations',
      data: data as never,
      draft: data['_status'] === 'draft',
      context: silentContext,
      depth: 0,
    });
    return id;
  };

  for (const slug of ['media', 'cities', 'facilities'] as const) {
    related[slug] = [await add(slug, {}), await add(slug, {})];
  }
  related['listing-types'] = [];
  for (const kind of listingKinds) {
    related[`listing-types of ${kind}`] = [await add('listing-types', { kind }), await add('listing-types', { kind })];
  }

  // Rows name listings in every state; what follows from that is tried in deletedThings.test.ts.
  await pool.query('ALTER TABLE reviews DISABLE TRIGGER reviews_follow_listing');
  const specimens: Record<string, Specimen[]> = {};
  const slugs = Object.keys(payload.collections) as CollectionSlug[];
  for (const slug of [...listingKinds, ...slugs.filter((each) => !listingKinds.some((kind) => kind === each))]) {
    const rules = rulesOf(slug);
    const states = (Object.keys(rules.read) as RowState[]).map((state) => ({ state, changes: stateOf(slug, state) }));
    const list: Specimen[] = [];
    specimens[slug] = list;
    if (slug === 'users') {
      for (const who of everybody) list.push({ id: users[who].id, state: 'live', of: who, by: 'id' });
      // The last one could not step down.
      await harness.createUser({ email: 'other-admin@example.com', displayName: 'Too', roles: ['client', 'admin'] });
      const bin = await harness.createUser({ email: 'bin@example.com', displayName: 'In the bin' });
      list.push({ id: bin.id, state: 'trashed', of: 'stranger', by: 'id' });
    } else if (rules.belongsTo.length === 0) {
      for (const { state, changes } of states) list.push({ id: await add(slug, changes), state, of: null, by: null });
    } else {
      for (const by of rules.belongsTo) {
        for (const of of everybody) {
          for (const { state, changes } of states) {
            const others = rules.belongsTo.map((field) => [field, personIn(slug, users.stranger.id)]);
            const row = { ...Object.fromEntries(others), ...changes, [by]: personIn(slug, users[of].id) };
            list.push({ id: await add(slug, row), state, of, by });
          }
        }
      }
    }
    // Real listings for what is about one.
    related[slug] ??= list.map(({ id }) => id);
  }
  await pool.query(
    `UPDATE users SET reset_password_token = 'secret-' || id, reset_password_expiration = now() - interval '1 day',
       _verificationtoken = 'secret-' || id, login_attempts = 1, lock_until = now() - interval '1 day',
       pending_email = 'soon-' || id || '@example.com', pending_email_token_hash = 'secret-' || id,
       pending_email_expires_at = now()`,
  );
  await pool.query('UPDATE users SET deleted_at = now() WHERE email = ANY($1)', [
    ['bin@example.com', 'deleted@example.com'],
  ]);
  await pool.query(`UPDATE users SET _verified = false WHERE email = 'unverified@example.com'`);
  for (const slug of ['reviews', 'media'] as const) {
    const trashed = specimens[slug]?.filter(({ state }) => state === 'trashed').map(({ id }) => id);
    await pool.query(`UPDATE ${slug} SET deleted_at = now() WHERE id = ANY($1)`, [trashed]);
  }
  // Nobody is asked about this one: an admin may go only where another stays.
  await pool.query(
    `WITH second AS (INSERT INTO users (email, display_name, _verified) VALUES ('second@example.com', 'Another', true)
                     RETURNING id)
     INSERT INTO users_roles ("order", parent_id, value) SELECT 1, id, 'admin' FROM second`,
  );
  for (const kind of listingKinds) {
    const trashed = specimens[kind]?.filter(({ state }) => state === 'trashed').map(({ id }) => id);
    await pool.query(`UPDATE ${kind} SET deleted_at = now() WHERE id = ANY($1)`, [trashed]);
    await pool.query(`UPDATE _${kind}_v SET version_deleted_at = now() WHERE parent_id = ANY($1)`, [trashed]);
  }

  return {
    ...harness,
    users,
    tokens,
    related,
    specimens,
    fieldsOf,
    dataFor,
    specimensFor: (slug, person) =>
      (specimens[slug] ?? [])
        .filter(({ of }) => of === null || of === 'stranger' || of === person)
        .map((row) => ({ row, isOwn: row.of === person })),
  };
};

const personIn = (slug: CollectionSlug, id: number): unknown =>
  slug.startsWith('payload-') ? { relationTo: 'users', value: id } : id;

const stateOf = (slug: CollectionSlug, state: RowState): Record<string, unknown> => {
  // A lock on somebody's listing would keep everybody else from it.
  if (slug === 'payload-locked-documents') return { document: null };
  if (slug === 'reviews') return { moderationStatus: state === 'hidden' ? 'pending' : 'approved', listingIsLive: true };
  if (state === 'hidden') return { moderationStatus: 'draft', _status: 'draft' };
  return {};
};
