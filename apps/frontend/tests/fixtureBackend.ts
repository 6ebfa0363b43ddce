import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Account, feedQuerySchema, type ListingDetail, type OwnListings } from '@convene/common/api';
import { ConveneError, type ErrorCode } from '@convene/common/errors';
import { isListingKind } from '@convene/common/listings';
import { type ForwardedMetrics, forwardedMetricsSchema } from '@convene/common/metrics';
import { fixtureListings, fixturePicture, fixtureSuggestions, fixtureTaxonomies, plainText } from './fixtureData';

export const GOOD_TOKEN = 'a-token-that-is-good-once';
export const GOOD_LOGIN = { email: 'ioana@example.org', password: 'a sentence works well' };
const SESSION_TOKEN = 'backend-session-token';

const account: Account = {
  id: 7,
  email: GOOD_LOGIN.email,
  displayName: 'Ioana Pop',
  roles: ['client', 'host', 'organizer'],
  locale: 'en',
  bio: '',
  avatarUrl: null,
};

const ownListings: OwnListings = {
  items: (['approved', 'pending', 'rejected', 'draft'] as const).map((moderationStatus, index) => ({
    kind: index === 1 ? 'events' : 'locations',
    id: index + 1,
    title: ['The Old Print Hall', 'Slow Supper under the Lindens', 'Cellar with a View', 'Unnamed Loft'][index] ?? '',
    slug: ['the-old-print-hall', 'slow-supper-under-the-lindens', 'cellar-with-a-view', 'unnamed-loft'][index] ?? '',
    moderationStatus,
    rejectionReason: moderationStatus === 'rejected' ? 'The pictures show another place.' : null,
    isLive: index === 0,
    updatedAt: '2026-11-02T09:30:00.000Z',
    deletedAt: null,
    canRestore: false,
    isOn: false,
    isCancelled: false,
  })),
  page: 1,
  pageSize: 20,
  total: 4,
  counts: { live: 1, draft: 1, pending: 1, rejected: 1, bin: 0 },
};

export type Received = { method: string; path: string; headers: IncomingMessage['headers']; body: unknown };

export type FixtureBackend = {
  origin: string;
  received: Received[];
  forwarded: { metric: string; batch: ForwardedMetrics }[];
  /** What to answer to everything from now on instead; null for the usual. */
  failWith: (code: ErrorCode | null) => void;
  stop: () => Promise<void>;
};

type Answer = { status: number; body: unknown };

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const fail = (code: ErrorCode): Answer => {
  const error = new ConveneError(code, `The fixture says ${code}.`);
  return { status: error.status, body: error.toAnswer() };
};

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
};

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : undefined;

/** A backend for this app's own tests: the read models, accounts and metrics endpoints, from made-up data in memory. */
export const startFixtureBackend = async ({ port = 0 }: { port?: number } = {}): Promise<FixtureBackend> => {
  const received: Received[] = [];
  const forwarded: FixtureBackend['forwarded'] = [];
  const usedTokens = new Set<unknown>();
  let failure: ErrorCode | null = null;
  let origin = '';

  const matching = (query: URLSearchParams): ListingDetail[] => {
    const wanted = feedQuerySchema.parse(Object.fromEntries(query));
    const { kind, city, type, text, bounds, sort, priceMin = 0, priceMax = Number.POSITIVE_INFINITY } = wanted;
    const { currency, ratingMin = 0, capacityMin = 0, facilities = [] } = wanted;
    const found = fixtureListings(origin).filter(
      ({ point, price, rating, capacity, ...listing }) =>
        listing.kind === kind &&
        (!city || listing.city?.slug === city) &&
        (!type || listing.type?.slug === type) &&
        (!text || plainText(`${listing.title} ${listing.city?.name}`).includes(plainText(text))) &&
        (!currency ||
          (price?.currency === currency && price.amountMinor >= priceMin && price.amountMinor <= priceMax)) &&
        (rating?.average ?? 0) >= ratingMin &&
        (capacity ?? 0) >= capacityMin &&
        facilities.every((slug) => listing.facilities.some((facility) => facility.slug === slug)) &&
        (!bounds ||
          (point !== null &&
            point[0] >= bounds[0] &&
            point[0] <= bounds[2] &&
            point[1] >= bounds[1] &&
            point[1] <= bounds[3])),
    );
    const amount = ({ price }: ListingDetail): number => price?.amountMinor ?? Number.POSITIVE_INFINITY;
    if (sort === 'price-asc') return found.toSorted((a, b) => amount(a) - amount(b));
    return sort === 'price-desc' ? found.toSorted((a, b) => amount(b) - amount(a)) : found;
  };

  const feed = (query: URLSearchParams): Answer => {
    const { page, pageSize } = feedQuerySchema.parse(Object.fromEntries(query));
    const found = matching(query);
    const items = found.slice((page - 1) * pageSize, page * pageSize);
    return ok({ items, page, pageSize, total: found.length, totalIsExact: true });
  };

  const map = (query: URLSearchParams): Answer => {
    const points = matching(query).filter(({ point }) => point !== null);
    return ok({ points, total: points.length, totalIsExact: true });
  };

  const listing = (kind: string, slug: string): Answer => {
    if (isListingKind(kind) && slug === 'an-old-slug') return ok({ movedTo: { kind, slug: 'the-old-print-hall' } });
    const found = fixtureListings(origin).find((candidate) => candidate.kind === kind && candidate.slug === slug);
    return found ? ok({ listing: found }) : fail('not-found');
  };

  const metrics = (metric: string, body: unknown): Answer => {
    const batch = forwardedMetricsSchema.parse(body);
    forwarded.push({ metric, batch });
    return ok({ requestId: batch.requestId, verdicts: batch.events.map(() => 'counted') });
  };

  const session = () => ok({ token: SESSION_TOKEN, expiresAt: Math.floor(Date.now() / 1000) + 7_200, account });

  const auth = (action: string, body: unknown): Answer => {
    const token = fieldOf(body, 'token');
    const isGoodToken = token === GOOD_TOKEN && !usedTokens.has(`${action} ${token}`);
    switch (action) {
      case 'sign-up':
      case 'forgot':
        return ok({}, 202);
      case 'sign-out':
        return ok({});
      case 'sign-in':
        return fieldOf(body, 'email') === GOOD_LOGIN.email && fieldOf(body, 'password') === GOOD_LOGIN.password
          ? session()
          : fail('wrong-credentials');
      case 'verify':
      case 'reset':
        if (!isGoodToken) return fail('invalid-token');
        usedTokens.add(`${action} ${token}`);
        return action === 'verify' ? ok({}) : session();
      default:
        return fail('not-found');
    }
  };

  const answer = ({ method, path, headers, body }: Received, query: URLSearchParams): Answer => {
    if (failure) return fail(failure);
    const [api, area = '', first = '', second = ''] = path.split('/').filter(Boolean);
    if (api !== 'api') return fail('not-found');
    if (area === 'metrics' && method === 'POST') return metrics(first, body);
    if (area === 'auth' && method === 'POST') return auth(first, body);
    if (method !== 'GET') return fail('method-not-allowed');
    if (area === 'feed') return feed(query);
    if (area === 'map') return map(query);
    if (area === 'suggest') return ok(fixtureSuggestions(fixtureListings(origin), query.get('text') ?? ''));
    if (area === 'taxonomies') return ok(fixtureTaxonomies(fixtureListings(origin)));
    if (area === 'listings') return listing(first, second);
    if (area !== 'account') return fail('not-found');
    if (headers.authorization !== `JWT ${SESSION_TOKEN}`) return fail('unauthenticated');
    return ok(first === 'listings' ? ownListings : account);
  };

  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    const picture = /^\/media\/(\d+)-\d+\.svg$/.exec(url.pathname)?.[1];
    if (picture) {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(fixturePicture(Number(picture)));
      return;
    }
    void readBody(request).then((body) => {
      const call = { method: request.method ?? 'GET', path: url.pathname, headers: request.headers, body };
      received.push(call);
      const { status, body: answered } = answer(call, url.searchParams);
      response
        .writeHead(status, { 'content-type': 'application/json', ...(status === 503 ? { 'retry-after': '1' } : {}) })
        .end(JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (!address || typeof address === 'string') throw new Error('the fixture has no port');
  origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    received,
    forwarded,
    failWith: (code) => {
      failure = code;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
