import type { CollectionSlug, GlobalSlug } from 'payload';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AnyRules, accessTable, globalTable, rulesOf } from '../../src/access/table/accessTable';
import { type Audience, includes, type Person, people } from '../../src/access/table/audiences';
import type { RowState } from '../../src/access/table/types';
import { scoreParts } from '../../src/collections/Feed/scoring';
import type { Answer, Interface } from './interfaces';
import { valueFor } from './values';
import { createWorld, type Specimen, type World } from './world';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const slugs = Object.keys(accessTable) as CollectionSlug[];
const globals = Object.keys(globalTable) as GlobalSlug[];

let world: World;
/** Person by person, the three ways in. */
const ways = new Map<Person, Record<'rest' | 'graphql' | 'local', Interface>>();
let selectable: (slug: CollectionSlug, field: string) => boolean;

type Row = Record<string, unknown>;
/** Looks at what a change has made of a row, before it is taken back. */
let beforeUndo: ((transactionID: number | string) => Promise<void>) | undefined;

beforeAll(async () => {
  world = await createWorld();
  const { graphqlAs, localAs, readGraphqlSchema, restAs, singularOf } = await import('./interfaces');
  const { payload } = world;
  const schema = await readGraphqlSchema(payload);
  selectable = (slug, field) => schema.showsValue(singularOf(payload, slug), field);
  for (const person of people) {
    const token = person === 'anonymous' ? undefined : world.tokens[person];
    ways.set(person, {
      rest: restAs(token),
      graphql: graphqlAs(payload, schema, token),
      local: localAs(payload, token),
    });
  }
  // Every request has a transaction of its own, and none is kept: each cell finds the rows as they were made.
  payload.db.commitTransaction = async (promised) => {
    const id = await promised;
    await beforeUndo?.(id);
    await payload.db.rollbackTransaction(id);
  };
});
afterAll(() => world.dispose());

type Found = Record<string, string>;

/** Asks all three ways, and says in one word where they agree. */
const askAll = async (person: Person, ask: (way: Interface, name: string) => Promise<string>): Promise<string> => {
  const answers: [string, string][] = [];
  for (const [name, way] of Object.entries(ways.get(person) ?? {})) answers.push([name, await ask(way, name)]);
  const [first] = answers;
  if (first && answers.every(([, answer]) => answer === first[1])) return first[1];
  return answers.map(([name, answer]) => `${name}: ${answer}`).join(', ');
};

const word = (answer: Answer | boolean): string =>
  (typeof answer === 'boolean' ? answer : answer.allowed) ? 'yes' : 'no';

const nameOfCell = (person: Person, { row, isOwn }: { row: Specimen; isOwn: boolean }): string =>
  [person, row.of === null ? '' : isOwn ? `own by ${row.by}` : `another’s by ${row.by}`, row.state]
    .filter(Boolean)
    .join(', ');

const expectCells = async (
  slug: CollectionSlug,
  audienceOf: (state: RowState) => Audience | undefined,
  ask: (way: Interface, row: Specimen) => Promise<Answer | boolean>,
): Promise<void> => {
  const found: Found = {};
  const wanted: Found = {};
  for (const person of people) {
    for (const cell of world.specimensFor(slug, person)) {
      const audience = audienceOf(cell.row.state);
      if (!audience) continue;
      const name = nameOfCell(person, cell);
      wanted[name] = word(includes(audience, { person, isOwn: cell.isOwn }));
      found[name] = await askAll(person, async (way) => word(await ask(way, cell.row)));
    }
  }
  expect(found).toEqual(wanted);
};

const onlyLive = (audience: Audience) => (state: RowState) => (state === 'live' ? audience : undefined);

describe('the table', () => {
  it('names every collection and global, and every field of theirs', () => {
    const { payload } = world;
    expect(slugs.toSorted()).toEqual(Object.keys(payload.collections).toSorted());
    expect(globals.toSorted()).toEqual(payload.globals.config.map(({ slug }) => slug).toSorted());
    // Made by Payload itself: its type names them, its configuration doesn't.
    const unconfigured = new Set(['id', 'collection', 'password']);
    for (const slug of slugs) {
      const configured = world.fieldsOf(slug).map(({ name }) => name);
      const named = Object.keys(rulesOf(slug).fields).filter((name) => !unconfigured.has(name));
      expect({ [slug]: named.toSorted() }).toEqual({
        [slug]: configured.filter((name) => !unconfigured.has(name) && !unoffered.has(name)).toSorted(),
      });
    }
  });

  it('names every operation that a collection offers', () => {
    for (const slug of slugs) {
      const { config } = world.payload.collections[slug];
      const rules = rulesOf(slug);
      expect({
        slug,
        versions: rules.readVersions !== undefined && rules.restoreVersion !== undefined && rules.publish !== undefined,
        bin: rules.trash !== undefined && rules.restore !== undefined,
        duplicate: rules.duplicate !== undefined,
        unlock: rules.unlock !== undefined,
      }).toEqual({
        slug,
        versions: Boolean(config.versions),
        bin: Boolean(config.trash),
        duplicate: !config.disableDuplicate,
        unlock: Boolean(config.auth),
      });
    }
  });
});

/** In the configuration for the forms of the admin, and no part of a row. */
const unoffered = new Set(['confirm-password']);

describe.each(slugs)('%s', (slug) => {
  const rules: AnyRules = rulesOf(slug);

  it('read', async () => {
    await expectCells(
      slug,
      (state) => rules.read[state],
      (way, row) => way.read(slug, row.id, { trash: row.state === 'trashed' }),
    );
  });

  it('fields read', async () => {
    const found: Found = {};
    const wanted: Found = {};
    const { payload } = world;
    for (const person of people) {
      for (const cell of world.specimensFor(slug, person)) {
        const audience = rules.read[cell.row.state];
        if (!audience || !includes(audience, { person, isOwn: cell.isOwn })) continue;
        const stored = await payload.db.findOne<Row & { id: number }>({
          collection: slug,
          where: { id: { equals: cell.row.id } },
        });
        const given = Object.keys(rules.fields).filter(
          (name) => stored?.[name] !== null && stored?.[name] !== undefined,
        );
        const name = nameOfCell(person, cell);
        const readable = given.filter((field) =>
          includes(rules.fields[field]?.read ?? people, { person, isOwn: cell.isOwn }),
        );
        wanted[name] = 'as in the table';
        found[name] = await askAll(person, async (way, interfaceName) => {
          const { doc } = await way.read(slug, cell.row.id, { trash: cell.row.state === 'trashed' });
          const offered = (field: string) => interfaceName !== 'graphql' || selectable(slug, field);
          const shown = given.filter((field) => !isEmpty(doc?.[field]));
          const tooMuch = shown.filter((field) => !readable.includes(field));
          const missing = readable.filter((field) => offered(field) && !shown.includes(field));
          if (tooMuch.length + missing.length === 0) return 'as in the table';
          return `shows ${tooMuch.join(' ') || 'nothing more'}, hides ${missing.join(' ') || 'nothing more'}`;
        });
      }
    }
    expect(found).toEqual(wanted);
  });

  it('create, with its fields', async () => {
    const found: Found = {};
    const wanted: Found = {};
    const inherits = (field: string, person: Person) =>
      includes(rules.fields[field]?.create ?? people, { person, isOwn: false });
    for (const person of people) {
      const may = includes(rules.create, { person, isOwn: false });
      wanted[person] = may ? 'as in the table' : 'no';
      found[person] = await askAll(person, async (way) => {
        const data = newRow(slug);
        const wrong: string[] = [];
        const { allowed } = await changed(
          slug,
          () => way.create(slug, data),
          (row) =>
            wrong.push(
              ...wrongFields({ slug, before: defaultsOf(slug), data, row, may: (field) => inherits(field, person) }),
            ),
        ).catch(nothingUploaded(slug));
        if (!allowed) return 'no';
        return wrong.length === 0 ? 'as in the table' : wrong.join(', ');
      });
    }
    expect(found).toEqual(wanted);
  });

  it('update, with its fields', async () => {
    const found: Found = {};
    const wanted: Found = {};
    for (const person of people) {
      for (const cell of world.specimensFor(slug, person)) {
        if (cell.row.state !== 'live') continue;
        const name = nameOfCell(person, cell);
        const may = includes(rules.update, { person, isOwn: cell.isOwn });
        wanted[name] = may ? 'as in the table' : 'no';
        const before = await world.payload.db.findOne<Row & { id: number }>({
          collection: slug,
          where: { id: { equals: cell.row.id } },
        });
        const data = otherValues(slug, before ?? {});
        found[name] = await askAll(person, async (way) => {
          const wrong: string[] = [];
          const { allowed } = await changed(
            slug,
            () => way.update(slug, cell.row.id, { data }),
            (row) =>
              wrong.push(
                ...wrongFields({
                  slug,
                  before: before ?? {},
                  data,
                  row,
                  may: (field) => includes(rules.fields[field]?.update ?? people, { person, isOwn: cell.isOwn }),
                }),
              ),
            cell.row.id,
          );
          if (!allowed) return 'no';
          return wrong.length === 0 ? 'as in the table' : wrong.join(', ');
        });
      }
    }
    expect(found).toEqual(wanted);
  });

  it('delete for good', async () => {
    await expectCells(slug, onlyLive(rules.delete), (way, row) => way.remove(slug, row.id));
  });

  if (rules.trash && rules.restore) {
    const { trash, restore } = rules;
    it('put into the bin', async () => {
      const data = { deletedAt: new Date().toISOString() };
      await expectCells(slug, onlyLive(trash), (way, row) => way.update(slug, row.id, { data }));
    });
    it('restore from the bin', async () => {
      await expectCells(
        slug,
        (state) => (state === 'trashed' ? restore : undefined),
        (way, row) => way.update(slug, row.id, { data: { deletedAt: null }, trash: true }),
      );
    });
    it('is not found while in the bin', async () => {
      await expectCells(
        slug,
        (state) => (state === 'trashed' ? [] : undefined),
        (way, row) => way.read(slug, row.id),
      );
    });
  }

  if (rules.readVersions && rules.restoreVersion && rules.publish) {
    const { readVersions, restoreVersion, publish } = rules;
    it('read versions', async () => {
      await expectCells(slug, onlyLive(readVersions), (way, row) => way.readVersions(slug, row.id));
    });
    it('restore a version', async () => {
      await expectCells(slug, onlyLive(restoreVersion), async (way, row) => {
        const { docs } = await world.payload.findVersions({
          collection: slug as 'locations',
          where: { parent: { equals: row.id } },
          limit: 1,
        });
        return way.restoreVersion(slug, docs[0]?.id ?? 0);
      });
    });
    it('publish', async () => {
      await expectCells(
        slug,
        (state) => (state === 'hidden' ? publish : undefined),
        async (way, row) => {
          let isLive = false;
          await changed(
            slug,
            () => way.update(slug, row.id, { data: { _status: 'published', moderationStatus: 'approved' } }),
            () => {},
            row.id,
            (live) => {
              isLive = live['_status'] === 'published' && live['moderationStatus'] === 'approved';
            },
          );
          return isLive;
        },
      );
    });
  }

  if (rules.duplicate) {
    const { duplicate } = rules;
    it('duplicate', async () => {
      await expectCells(
        slug,
        // Of what they may read; and what they make of it is a draft of their own.
        onlyLive(duplicate),
        (way, row) => way.duplicate(slug, row.id, slug === 'users' ? {} : world.dataFor(slug)),
      );
    });
  }

  if (rules.unlock) {
    const { unlock } = rules;
    it('unlock', async () => {
      const found: Found = {};
      const wanted: Found = {};
      for (const person of people) {
        wanted[person] = word(includes(unlock, { person, isOwn: false }));
        found[person] = await askAll(person, async (way) => word(await way.unlock('stranger@example.com')));
      }
      expect(found).toEqual(wanted);
    });
  }
});

describe.each(globals)('%s', (slug) => {
  it('read and update', async () => {
    const rules = globalTable[slug];
    const found: Found = {};
    const wanted: Found = {};
    for (const person of people) {
      wanted[`${person} reads`] = word(includes(rules.read, { person, isOwn: false }));
      found[`${person} reads`] = await askAll(person, async (way) => word(await way.readGlobal(slug)));
      wanted[`${person} updates`] = word(includes(rules.update, { person, isOwn: false }));
      found[`${person} updates`] = await askAll(person, async (way) =>
        word(await way.updateGlobal(slug, Object.fromEntries(scoreParts.map((part) => [part, 2])))),
      );
    }
    expect(found).toEqual(wanted);
  });
});

/** Uploads are tried in uploads.test.ts: that a file is missing is said to whoever may send one. */
const nothingUploaded =
  (slug: CollectionSlug) =>
  (error: unknown): Answer => {
    if (slug === 'media' && String(error).includes('400')) return { allowed: true, doc: null };
    throw error;
  };

const isNotTried = new Set(['id', 'deletedAt', 'password', 'collection']);

/** What an upload is follows from its file. */
const isTaken = (slug: CollectionSlug, field: string): boolean =>
  slug !== 'media' || ['alt', 'uploadedBy', 'createdAt'].includes(field);

/** What a row has where nothing is given: no sign of what may be given. */
const defaultsOf = (slug: CollectionSlug): Row =>
  Object.fromEntries(
    world.fieldsOf(slug).map((field) => [field.name, 'defaultValue' in field ? field.defaultValue : null]),
  );

const newRow = (slug: CollectionSlug): Row => {
  const data = world.dataFor(slug, slug === 'users' ? { password: 'a-password-for-tests' } : {});
  return Object.fromEntries(Object.entries(data).filter(([field]) => isTaken(slug, field)));
};

/** A valid value for each field that is another than the row has. */
const otherValues = (slug: CollectionSlug, before: Row): Row => {
  const values: Row = {};
  for (const field of world.fieldsOf(slug)) {
    if (isNotTried.has(field.name) || ('virtual' in field && field.virtual) || !isTaken(slug, field.name)) continue;
    if (slug === 'users' && field.name === 'roles') {
      values['roles'] = withAnotherRole(before['roles']);
      continue;
    }
    for (let seed = 100; seed < 106; seed += 1) {
      values[field.name] = valueFor(slug, field, { seed, related: world.related });
      if (!isSame(values[field.name], before[field.name])) break;
    }
  }
  return values;
};

/** One more of those that everybody may take. */
const withAnotherRole = (before: unknown): string[] => {
  const roles = Array.isArray(before) ? before.map(String) : [];
  return [...roles, ['host', 'provider'].find((role) => !roles.includes(role)) ?? 'organizer'];
};

/** Runs a change, and shows what it has made of the row, and of its live version, before that is taken back. */
const changed = async (
  slug: CollectionSlug,
  change: () => Promise<Answer>,
  look: (row: Row) => void,
  id?: number | string,
  lookAtLive: (row: Row) => void = () => {},
): Promise<Answer> => {
  const { payload } = world;
  beforeUndo = async (transactionID) => {
    const req = { transactionID, payload, context: {} };
    const { docs } = await payload.db.find<Row & { id: number }>({
      collection: slug,
      ...(id === undefined ? { sort: '-id' } : { where: { id: { equals: id } } }),
      limit: 1,
      req,
    });
    const newest = docs[0];
    if (!newest) return;
    lookAtLive(newest);
    if (!payload.collections[slug].config.versions) return look(newest);
    const versions = await payload.db.findVersions<Row>({
      collection: slug,
      where: { and: [{ parent: { equals: newest['id'] } }, { latest: { equals: true } }] },
      limit: 1,
      req,
    });
    look(versions.docs[0]?.version ?? newest);
  };
  try {
    return await change();
  } finally {
    beforeUndo = undefined;
  }
};

/** Of an array that may not be read Payload leaves an empty one. */
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const isSame = (one: unknown, other: unknown): boolean => normal(one) === normal(other);
const normal = (value: unknown): string =>
  JSON.stringify(value, (key, each) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each) || key === 'id') return each;
    if ('id' in each && 'createdAt' in each) return each.id;
    return Object.fromEntries(Object.entries(each).toSorted(([one], [other]) => one.localeCompare(other)));
  }) ?? 'null';

/** Fields that were written and may not be, or were not and may. */
const wrongFields = ({
  slug,
  before,
  data,
  row,
  may,
}: {
  slug: CollectionSlug;
  before: Row;
  data: Row;
  row: Row;
  may: (field: string) => boolean;
}): string[] => {
  const rules = rulesOf(slug);
  return Object.keys(data).flatMap((field) => {
    if (isNotTried.has(field) || !(field in rules.fields) || isSame(before[field], data[field])) return [];
    const isWritten = isSame(row[field], data[field]);
    if (isWritten === may(field)) return [];
    return [
      isWritten ? `${field} is written` : `${field} is not written: ${normal(row[field])} for ${normal(data[field])}`,
    ];
  });
};
