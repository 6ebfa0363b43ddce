import config from '@payload-config';
import { GRAPHQL_POST, REST_DELETE, REST_GET, REST_PATCH, REST_POST } from '@payloadcms/next/routes';
import { type CollectionSlug, formatNames, type GlobalSlug, type Payload, toWords } from 'payload';

type Doc = Record<string, unknown>;
export type Answer = { allowed: boolean; doc: Doc | null };
type Id = number | string;

/** One of the three ways to the data, as somebody with this token. `trash`: look into the bin too. */
export type Interface = {
  read: (slug: CollectionSlug, id: Id, options?: { trash?: boolean }) => Promise<Answer>;
  create: (slug: CollectionSlug, data: Doc) => Promise<Answer>;
  update: (slug: CollectionSlug, id: Id, options: { data: Doc; trash?: boolean }) => Promise<Answer>;
  remove: (slug: CollectionSlug, id: Id) => Promise<Answer>;
  readVersions: (slug: CollectionSlug, id: Id) => Promise<Answer>;
  restoreVersion: (slug: CollectionSlug, versionId: Id) => Promise<Answer>;
  duplicate: (slug: CollectionSlug, id: Id, data: Doc) => Promise<Answer>;
  unlock: (email: string) => Promise<Answer>;
  readGlobal: (slug: GlobalSlug) => Promise<Answer>;
  updateGlobal: (slug: GlobalSlug, data: Doc) => Promise<Answer>;
};

const refused: Answer = { allowed: false, doc: null };

/** Refused, not found, or not offered at all; anything else that is no success is a fault of the test or the app. */
const refusals = new Set([401, 403, 404, 501]);

export const restHandlers = {
  GET: REST_GET(config),
  POST: REST_POST(config),
  PATCH: REST_PATCH(config),
  DELETE: REST_DELETE(config),
};
const graphqlHandler = GRAPHQL_POST(config);

export const rest = async (
  method: keyof typeof restHandlers,
  path: string,
  { token, body }: { token?: string | undefined; body?: unknown } = {},
): Promise<{ status: number; body: Doc }> => {
  const request = new Request(`http://localhost:3001/api/${path}`, {
    method,
    headers: {
      ...(body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
      ...(token ? { Authorization: `JWT ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const slug = (path.split('?')[0] ?? '').split('/');
  const answer = await restHandlers[method](request, { params: Promise.resolve({ slug }) });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : { text } };
};

type GraphqlError = { message: string; extensions?: { statusCode?: number } };
export type GraphqlAnswer = { status: number; data?: Doc | null; errors?: GraphqlError[] };

export const graphql = async (
  query: string,
  { token, variables }: { token?: string | undefined; variables?: Doc } = {},
): Promise<GraphqlAnswer> => {
  const answer = await graphqlHandler(
    new Request('http://localhost:3001/api/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `JWT ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    }),
  );
  const body = await answer.json();
  // A query that isn't valid is answered by the bare list of its errors.
  return Array.isArray(body) ? { status: answer.status, errors: body } : { status: answer.status, ...body };
};

const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value);
const firstOf = (docs: unknown): Doc | null => (Array.isArray(docs) && isDoc(docs[0]) ? docs[0] : null);

const problem = (what: string, status: number | undefined, detail: unknown): Error =>
  new Error(`${what} answered ${status}: ${JSON.stringify(detail)?.slice(0, 600)}`);

export const restAs = (token: string | undefined): Interface => {
  const ask = async (method: keyof typeof restHandlers, path: string, body?: unknown): Promise<Answer> => {
    const answer = await rest(method, path, { token, body });
    if (answer.status < 300) {
      const found = 'docs' in answer.body ? firstOf(answer.body['docs']) : (answer.body['doc'] ?? answer.body);
      return isDoc(found) ? { allowed: true, doc: found } : refused;
    }
    if (refusals.has(answer.status)) return refused;
    throw problem(`${method} ${path}`, answer.status, answer.body);
  };
  const binned = (trash = false) => (trash ? '&trash=true' : '');
  return {
    read: (slug, id, { trash } = {}) => ask('GET', `${slug}?where[id][equals]=${id}&depth=0${binned(trash)}`),
    create: (slug, data) => ask('POST', `${slug}?depth=0`, data),
    update: (slug, id, { data, trash }) =>
      // Payload's preferences are named by their key where other rows are by their id.
      slug === 'payload-preferences'
        ? ask('PATCH', `${slug}?where[id][equals]=${id}`, data)
        : ask('PATCH', `${slug}/${id}?depth=0${binned(trash)}`, data),
    remove: (slug, id) =>
      slug === 'payload-preferences'
        ? ask('DELETE', `${slug}?where[id][equals]=${id}`)
        : ask('DELETE', `${slug}/${id}?depth=0`),
    readVersions: (slug, id) => ask('GET', `${slug}/versions?where[parent][equals]=${id}&depth=0`),
    restoreVersion: (slug, id) => ask('POST', `${slug}/versions/${id}?depth=0`),
    duplicate: (slug, id, data) => ask('POST', `${slug}/${id}/duplicate?depth=0`, data),
    unlock: (email) => ask('POST', 'users/unlock', { email }),
    readGlobal: (slug) => ask('GET', `globals/${slug}?depth=0`),
    updateGlobal: async (slug, data) => {
      const answer = await ask('POST', `globals/${slug}?depth=0`, data);
      return answer.doc && isDoc(answer.doc['result']) ? { allowed: true, doc: answer.doc['result'] } : answer;
    },
  };
};

export const localAs = (payload: Payload, token: string | undefined): Interface => {
  const user = async () =>
    (await payload.auth({ headers: new Headers(token ? { Authorization: `JWT ${token}` } : {}) })).user;
  /** The rules don't know which collection it is, Payload's types want to: any of them stands for all. */
  const as = (slug: CollectionSlug) => slug as 'favorites';
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<Answer> => {
    try {
      const result = await work();
      const found = isDoc(result) && 'docs' in result ? firstOf(result['docs']) : result;
      if (found === true) return { allowed: true, doc: {} };
      return isDoc(found) ? { allowed: true, doc: found } : refused;
    } catch (error) {
      const status = isDoc(error) && typeof error['status'] === 'number' ? error['status'] : undefined;
      if (status !== undefined && refusals.has(status)) return refused;
      if (status === undefined) throw error;
      throw problem(what, status, error);
    }
  };
  const rules = async () => ({ user: await user(), overrideAccess: false, depth: 0 }) as const;
  return {
    read: (slug, id, { trash = false } = {}) =>
      attempt(`find ${slug}`, async () =>
        payload.find({ collection: as(slug), where: { id: { equals: id } }, trash, ...(await rules()) }),
      ),
    create: (slug, data) =>
      attempt(`create ${slug}`, async () =>
        payload.create({ collection: as(slug), data: data as never, ...(await rules()) }),
      ),
    update: (slug, id, { data, trash = false }) =>
      attempt(`update ${slug}`, async () =>
        payload.update({ collection: as(slug), id: id as number, data, trash, ...(await rules()) }),
      ),
    remove: (slug, id) =>
      attempt(`delete ${slug}`, async () =>
        payload.delete({ collection: as(slug), id: id as number, ...(await rules()) }),
      ),
    readVersions: (slug, id) =>
      attempt(`versions of ${slug}`, async () =>
        payload.findVersions({ collection: as(slug), where: { parent: { equals: id } }, ...(await rules()) }),
      ),
    restoreVersion: (slug, id) =>
      attempt(`restore ${slug}`, async () =>
        payload.restoreVersion({ collection: as(slug), id: String(id), ...(await rules()) }),
      ),
    duplicate: (slug, id, data) =>
      attempt(`duplicate ${slug}`, async () =>
        payload.duplicate({ collection: as(slug), id: id as number, data: data as never, ...(await rules()) }),
      ),
    unlock: (email) =>
      attempt('unlock', async () => {
        const { createLocalReq } = await import('payload');
        const req = await createLocalReq({ user: (await user()) ?? undefined }, payload);
        return payload.unlock({ collection: 'users', data: { email } as never, req, overrideAccess: false });
      }),
    readGlobal: (slug) => attempt(`read ${slug}`, async () => payload.findGlobal({ slug, ...(await rules()) })),
    updateGlobal: (slug, data) =>
      attempt(`update ${slug}`, async () => payload.updateGlobal({ slug, data, ...(await rules()) })),
  };
};

type TypeRef = { name: string | null; kind: string; ofType: TypeRef | null };
type FieldInfo = { name: string; type: TypeRef };
type TypeInfo = { name: string; kind: string; fields: FieldInfo[] | null; inputFields: FieldInfo[] | null };

export type GraphqlSchema = {
  /** The input that a mutation takes of this data: what its type knows. */
  inputOf: (typeName: string, data: Doc) => Doc;
  has: (root: 'Query' | 'Mutation', name: string) => boolean;
  /** Everything of a row that isn't a relationship's own fields. */
  selectionOf: (typeName: string) => string;
  /** Does GraphQL show this field as a value, rather than as the row that it leads to? */
  showsValue: (typeName: string, field: string) => boolean;
};

const nameOf = (type: TypeRef): string => type.name ?? (type.ofType ? nameOf(type.ofType) : '');

const schemaOf = (data: Doc | null | undefined): { types: TypeInfo[] } => {
  if (!data) throw new Error('GraphQL says nothing of itself');
  return data['__schema'] as { types: TypeInfo[] };
};

export const readGraphqlSchema = async (payload: Payload): Promise<GraphqlSchema> => {
  const ref = 'name kind ofType { name kind ofType { name kind ofType { name kind ofType { name kind } } } }';
  const { data } = await graphql(
    `{ __schema { types { name kind fields { name type { ${ref} } } inputFields { name type { ${ref} } } } } }`,
  );
  const { types } = schemaOf(data);
  const byName = new Map(types.map((type) => [type.name, type]));
  const rows = new Set(Object.keys(payload.collections).map((slug) => singularOf(payload, slug as CollectionSlug)));
  const isRow = (type: TypeRef): boolean => {
    const kind = byName.get(nameOf(type))?.kind;
    return rows.has(nameOf(type)) || kind === 'UNION' || nameOf(type).endsWith('_RelationTo');
  };
  const isPolymorphic = (type: TypeRef): boolean =>
    byName.get(nameOf(type))?.fields?.some(({ name }) => name === 'relationTo') ?? false;
  const selectionOf = (typeName: string): string =>
    (byName.get(typeName)?.fields ?? [])
      .flatMap(({ name, type }) => {
        const info = byName.get(nameOf(type));
        if (isRow(type) || isPolymorphic(type)) return [];
        return info?.fields ? [`${name} { ${selectionOf(info.name)} }`] : [name];
      })
      .join(' ');
  return {
    inputOf: (typeName, input) => {
      const known = new Map((byName.get(typeName)?.inputFields ?? []).map(({ name, type }) => [name, nameOf(type)]));
      return Object.fromEntries(Object.entries(input).filter(([name]) => known.has(name)));
    },
    has: (root, name) => byName.get(root)?.fields?.some((field) => field.name === name) ?? false,
    selectionOf,
    showsValue: (typeName, field) => {
      const type = byName.get(typeName)?.fields?.find(({ name }) => name === field)?.type;
      return type !== undefined && !isRow(type) && !isPolymorphic(type);
    },
  };
};

export const singularOf = (payload: Payload, slug: CollectionSlug): string => {
  const { graphQL } = payload.collections[slug].config;
  const own = graphQL ? graphQL.singularName : undefined;
  return own ? toWords(own, true) : formatNames(slug).singular;
};

export const graphqlAs = (payload: Payload, schema: GraphqlSchema, token: string | undefined): Interface => {
  const idType = (slug: CollectionSlug) => (payload.collections[slug].customIDType === 'text' ? 'String!' : 'Int!');
  const run = async (
    root: 'Query' | 'Mutation',
    name: string,
    { query, variables }: { query: string; variables?: Doc },
  ): Promise<Answer> => {
    if (!schema.has(root, name)) return refused;
    const { data, errors = [] } = await graphql(query, { token, variables: variables ?? {} });
    const found = data?.[name];
    const doc = isDoc(found) && 'docs' in found ? firstOf(found['docs']) : found;
    if (isDoc(doc)) return { allowed: true, doc };
    if (doc === true) return { allowed: true, doc: {} };
    const status = errors[0]?.extensions?.statusCode;
    if (errors.length === 0 || (status !== undefined && refusals.has(status))) return refused;
    throw problem(`GraphQL's ${name}`, status, errors);
  };
  const nameFor = (slug: CollectionSlug) => singularOf(payload, slug);
  return {
    read: (slug, id, { trash = false } = {}) => {
      const name = nameFor(slug);
      const hasBin = Boolean(payload.collections[slug].config.trash);
      return run('Query', name, {
        query: `query($id: ${idType(slug)}) { ${name}(id: $id${hasBin ? `, trash: ${trash}` : ''}) { ${schema.selectionOf(name)} } }`,
        variables: { id },
      });
    },
    create: (slug, data) => {
      const name = `create${nameFor(slug)}`;
      const input = `mutation${nameFor(slug)}Input`;
      return run('Mutation', name, {
        query: `mutation($data: ${input}!) { ${name}(data: $data) { id } }`,
        variables: { data: schema.inputOf(input, data) },
      });
    },
    update: (slug, id, { data, trash = false }) => {
      const name = `update${nameFor(slug)}`;
      const input = `mutation${nameFor(slug)}UpdateInput`;
      return run('Mutation', name, {
        query: `mutation($id: ${idType(slug)}, $data: ${input}!) {
          ${name}(id: $id, data: $data${trash ? ', trash: true' : ''}) { id } }`,
        variables: { id, data: schema.inputOf(input, data) },
      });
    },
    remove: (slug, id) => {
      const name = `delete${nameFor(slug)}`;
      return run('Mutation', name, {
        query: `mutation($id: ${idType(slug)}) { ${name}(id: $id) { id } }`,
        variables: { id },
      });
    },
    readVersions: (slug, id) => {
      const name = `versions${formatNames(slug).plural}`;
      return run('Query', name, {
        query: `query($id: JSON) { ${name}(where: { parent: { equals: $id } }) { docs { id } } }`,
        variables: { id },
      });
    },
    restoreVersion: (slug, id) => {
      const name = `restoreVersion${nameFor(slug)}`;
      return run('Mutation', name, { query: `mutation($id: Int) { ${name}(id: $id) { id } }`, variables: { id } });
    },
    duplicate: (slug, id, data) => {
      const name = `duplicate${nameFor(slug)}`;
      const input = `mutation${nameFor(slug)}Input`;
      return run('Mutation', name, {
        query: `mutation($id: ${idType(slug)}, $data: ${input}!) { ${name}(id: $id, data: $data) { id } }`,
        variables: { id, data: schema.inputOf(input, data) },
      });
    },
    unlock: (email) =>
      run('Mutation', 'unlockUser', {
        query: 'mutation($email: String!) { unlockUser(email: $email) }',
        variables: { email },
      }),
    readGlobal: (slug) => {
      const name = formatNames(slug).singular;
      return run('Query', name, { query: `{ ${name} { ${schema.selectionOf(name)} } }` });
    },
    updateGlobal: (slug, data) => {
      const name = `update${formatNames(slug).singular}`;
      const input = `mutation${formatNames(slug).singular}Input`;
      return run('Mutation', name, {
        query: `mutation($data: ${input}!) { ${name}(data: $data) { ${schema.selectionOf(formatNames(slug).singular)} } }`,
        variables: { data: schema.inputOf(input, data) },
      });
    },
  };
};
