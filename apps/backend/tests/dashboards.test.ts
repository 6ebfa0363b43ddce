import { createServer, type Server } from 'node:http';
import { addUtcDays, utcDayOf, utcDaySchema } from '@convene/common/time';
import { addRedisUsage, createJobRun, finishJobRun, startJobRun } from '@convene/coordination';
import { monitored } from '@convene/local-stack/command-monitor';
import { closeOutboxRow, suppressAddress, writeNotification } from '@convene/outbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { as, createMarket, hoursFromNow, type Market } from './marketFixture';
import { call } from './payloadHarness';

/* What the dashboards of the admin read, against rows that are known; who may; and that Redis never hears of it. */

const NOW = new Date('2026-03-10T12:00:00.000Z');
const SPAN = { from: utcDaySchema.parse('2026-02-09'), to: utcDaySchema.parse('2026-03-10') };

let market: Market;
let csvRoute: typeof import('../src/app/api/dashboards/[name]/route');
let jobRoute: typeof import('../src/app/api/feed-jobs/[name]/route');
let previewRoute: typeof import('../src/app/api/emails/[...path]/route');
let tokens: Record<'client' | 'owner' | 'moderator' | 'admin', string>;

beforeAll(async () => {
  market = await createMarket();
  csvRoute = await import('../src/app/api/dashboards/[name]/route');
  jobRoute = await import('../src/app/api/feed-jobs/[name]/route');
  previewRoute = await import('../src/app/api/emails/[...path]/route');
  tokens = {
    client: await market.tokenOf(market.client),
    owner: await market.tokenOf(market.owner),
    moderator: await market.tokenOf(market.moderator),
    admin: await market.tokenOf(market.admin),
  };
});
afterAll(async () => {
  const { closeNotificationsQueue } = await import('../src/utils/notificationsQueue');
  await closeNotificationsQueue();
  await market.dispose();
});
beforeEach(async () => {
  await market.pool.query(`
    TRUNCATE redis_usage, redis_usage_reports, metrics_daily, aggregates, job_runs, counter_outbox, flush_batches;
    DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM suppressions; DELETE FROM leases`);
});

const text = async (name: string, { token, query = '' }: { token?: string; query?: string } = {}) => {
  const answer = await csvRoute.GET(
    new Request(`http://localhost:3001/api/dashboards/${name}${query}`, {
      headers: token ? { Authorization: `JWT ${token}` } : {},
    }),
    { params: Promise.resolve({ name }) },
  );
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
};

describe('the Redis budget', () => {
  const report = (count: number, day = '2026-03-09', id = crypto.randomUUID()) => ({
    reportId: id,
    entries: [{ day: utcDaySchema.parse(day), source: 'record', command: 'evalsha', count }],
  });
  /** Dated when all are there: each forgets those of more than a week ago. */
  const reportAt = async (reports: [at: string, count: number][]) => {
    const sent = reports.map(([at, count]) => ({ at, ...report(count) }));
    for (const { reportId, entries } of sent) {
      await addRedisUsage(market.pool, { app: 'backend', report: { reportId, entries } });
    }
    for (const { reportId, at } of sent) {
      await market.pool.query('UPDATE redis_usage_reports SET created_at = $2 WHERE id = $1', [reportId, at]);
    }
  };

  it('is read by day, app, source and command, within its span', async () => {
    const { readUsage } = await import('../src/dashboards/usage/readUsage');
    await addRedisUsage(market.pool, { app: 'backend', report: report(5, '2026-03-10') });
    await addRedisUsage(market.pool, { app: 'worker', report: report(7, '2026-02-09') });
    await addRedisUsage(market.pool, { app: 'worker', report: report(9, '2026-02-08') });
    const row = { source: 'record', command: 'evalsha' };
    expect(await readUsage(market.pool, SPAN)).toEqual([
      { ...row, day: '2026-03-10', app: 'backend', count: 5 },
      { ...row, day: '2026-02-09', app: 'worker', count: 7 },
    ]);
  });

  it('knows how much of yesterday was sent by this time of day', async () => {
    const { readYesterday } = await import('../src/dashboards/usage/readUsage');
    expect(await readYesterday(market.pool, NOW)).toBeNull();
    await reportAt([
      ['2026-03-09T02:00:00Z', 800],
      ['2026-03-09T11:59:00Z', 100],
      ['2026-03-09T18:00:00Z', 100],
    ]);
    expect(await readYesterday(market.pool, NOW)).toEqual({ total: 1_000, untilNow: 900 });
  });

  it('projects today from yesterday', async () => {
    const { readBudget } = await import('../src/dashboards/usage/readBudget');
    expect(await readBudget(market.pool, NOW)).toEqual({ sent: 0, projected: 0, yesterday: null });
    await addRedisUsage(market.pool, { app: 'backend', report: report(950, '2026-03-10') });
    await reportAt([
      ['2026-03-09T02:00:00Z', 900],
      ['2026-03-09T18:00:00Z', 100],
    ]);
    // 950 where yesterday had 900: the 100 of its evening become a little more.
    expect(await readBudget(market.pool, NOW)).toMatchObject({ sent: 950, projected: 1_055 });
  });

  it('goes by the clock where yesterday’s reports did not say how much they held', async () => {
    const { readYesterday } = await import('../src/dashboards/usage/readUsage');
    await reportAt([['2026-03-09T02:00:00Z', 1_000]]);
    await market.pool.query('UPDATE redis_usage_reports SET commands = 0');
    expect(await readYesterday(market.pool, NOW)).toEqual({ total: 1_000, untilNow: 500 });
  });
});

describe('the feed', () => {
  const count = (rows: [kind: string, id: number, day: string, impressions: number, views: number][]) =>
    market.pool.query(
      `INSERT INTO metrics_daily (kind, listing_id, day, impressions, views, favorites, bookings)
       SELECT kind, listing_id, day, impressions, views, 1, 0
       FROM jsonb_to_recordset($1) AS row (kind varchar, listing_id int, day varchar, impressions int, views int)
       ON CONFLICT (kind, listing_id, day) DO UPDATE SET
         impressions = metrics_daily.impressions + excluded.impressions, views = metrics_daily.views + excluded.views`,
      [
        JSON.stringify(
          rows.map(([kind, listing_id, day, impressions, views]) => ({ kind, listing_id, day, impressions, views })),
        ),
      ],
    );
  const funnel = async () => {
    const { readFunnel } = await import('../src/dashboards/feed/readFunnel');
    return readFunnel(market.pool, SPAN);
  };

  it('sums a day and kind over all listings, whatever is added, changed or removed', async () => {
    await count([
      ['events', 1, '2026-03-09', 100, 10],
      ['events', 2, '2026-03-09', 50, 5],
      ['services', 1, '2026-03-09', 7, 3],
      ['events', 1, '2025-12-01', 999, 99],
    ]);
    // One statement that adds a row and changes another.
    await count([
      ['events', 1, '2026-03-09', 1, 1],
      ['events', 3, '2026-03-09', 2, 2],
    ]);
    await market.pool.query(`DELETE FROM metrics_daily WHERE kind = 'events' AND listing_id = 2`);
    const expected = [
      { day: '2026-03-09', kind: 'events', impressions: 103, views: 13, favorites: 2, bookings: 0 },
      { day: '2026-03-09', kind: 'services', impressions: 7, views: 3, favorites: 1, bookings: 0 },
    ];
    expect(await funnel()).toEqual(expected);
    const { compactTotals } = await import('../src/collections/Feed/workers/compactTotals');
    await compactTotals(market.pool);
    expect(await funnel()).toEqual(expected);
    const { rows } = await market.pool.query('SELECT day, kind FROM feed_totals ORDER BY day, kind');
    expect(rows).toEqual([
      { day: '2025-12-01', kind: 'events' },
      { day: '2026-03-09', kind: 'events' },
      { day: '2026-03-09', kind: 'services' },
    ]);
  });

  it('loses and doubles nothing where statements and joining meet', async () => {
    const { compactTotals } = await import('../src/collections/Feed/workers/compactTotals');
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 4 === 3 ? compactTotals(market.pool) : count([['events', index, '2026-03-09', 2, 1]]),
      ),
    );
    expect(await funnel()).toMatchObject([{ impressions: 60, views: 30 }]);
  });

  it('undoes what a transaction undoes', async () => {
    await market.pool.query('BEGIN; ROLLBACK');
    const client = await market.pool.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO metrics_daily (kind, listing_id, day, views) VALUES ('events', 1, '2026-03-09', 5)`,
    );
    await client.query('ROLLBACK');
    client.release();
    expect(await funnel()).toEqual([]);
  });

  it('names the top listings with what they are, by what is asked for', async () => {
    const { readTopListings } = await import('../src/dashboards/feed/readTopListings');
    const { aggregateDaily } = await import('../src/collections/Feed/workers/aggregateDaily');
    const [hall, fair] = [
      await market.publish('locations', { title: 'A Hall', slug: 'a-hall' }),
      await market.publish('events', { title: 'A Fair', slug: 'a-fair' }),
    ];
    const today = utcDayOf(new Date());
    await count([
      ['locations', hall.id, today, 10, 9],
      ['events', fair.id, today, 90, 1],
      ['locations', hall.id, addUtcDays(today, -200), 500, 0],
    ]);
    await aggregateDaily({ pool: market.pool });
    const titles = async (query: Parameters<typeof readTopListings>[1]) =>
      (await readTopListings(market.pool, query)).map(({ title, slug }) => [title, slug]);
    expect(await titles({ span: '30d', by: 'views' })).toEqual([
      ['A Hall', 'a-hall'],
      ['A Fair', 'a-fair'],
    ]);
    expect(await titles({ span: '30d', by: 'impressions' })).toEqual([
      ['A Fair', 'a-fair'],
      ['A Hall', 'a-hall'],
    ]);
    expect((await titles({ span: 'all', by: 'impressions' }))[0]).toEqual(['A Hall', 'a-hall']);
    expect(await titles({ span: '7d', by: 'bookings' })).toEqual([]);
    const { findListings, titleOf } = await import('../src/dashboards/feed/findListings');
    expect(await titleOf(market.pool, { kind: 'events', id: fair.id })).toBe('A Fair');
    expect(await titleOf(market.pool, { kind: 'events', id: 999_999 })).toBeUndefined();
    expect(await findListings(market.pool, 'a HALL')).toEqual([{ kind: 'locations', id: hall.id, title: 'A Hall' }]);
    expect(await findListings(market.pool, 'a-fair')).toEqual([{ kind: 'events', id: fair.id, title: 'A Fair' }]);
  });

  it('tells the runs with their duration and end, and who is at it', async () => {
    const { readJobStates, readRuns } = await import('../src/dashboards/feed/readRuns');
    const run = async (name: string, period: string, status: 'done' | 'failed', seconds: number) => {
      const created = await createJobRun(market.pool, { name, period });
      await startJobRun(market.pool, created?.id ?? 0);
      await finishJobRun(market.pool, {
        id: created?.id ?? 0,
        status,
        ...(status === 'done' ? { outcome: { ran: true, rows: 4 } } : { error: 'because' }),
      });
      await market.pool.query(
        `UPDATE job_runs SET started_at = '2026-03-10T10:00:00Z', finished_at = '2026-03-10T10:00:00Z'::timestamptz + make_interval(secs => $2)
         WHERE id = $1`,
        [created?.id, seconds],
      );
    };
    await run('feed:flush', 'one', 'done', 2.5);
    await run('feed:flush', 'two', 'failed', 1);
    await run('media:purge', 'one', 'done', 1);
    await market.pool.query(
      `INSERT INTO leases (name, holder, expires_at) VALUES ('schedule:feed:rank', 'somebody', now() + interval '1 minute')`,
    );
    expect(await readRuns(market.pool, { each: 5 })).toMatchObject([
      { name: 'feed:flush', status: 'failed', error: 'because', durationMs: 1_000 },
      { name: 'feed:flush', status: 'done', outcome: { ran: true, rows: 4 }, durationMs: 2_500 },
    ]);
    expect(await readJobStates(market.pool)).toMatchObject([
      { name: 'feed:flush', lastDoneAt: new Date('2026-03-10T10:00:02.500Z'), lastDurationMs: 2_500, isRunning: false },
      { name: 'feed:aggregate', lastDoneAt: null, isRunning: false },
      { name: 'feed:rank', lastDoneAt: null, isRunning: true },
    ]);
  });

  it('knows what waits without asking Redis', async () => {
    const { readCountersWaiting } = await import('../src/dashboards/feed/readCountersWaiting');
    await market.pool.query(`
      INSERT INTO counter_outbox (id, kind, listing_id, metric, day, recorded_at, gave_up_at, created_at) VALUES
        ('a', 'events', 1, 'favorites', '2026-03-09', NULL, NULL, '2026-03-09T10:00:00Z'),
        ('b', 'events', 1, 'bookings', '2026-03-09', NULL, now(), '2026-03-09T09:00:00Z'),
        ('c', 'events', 2, 'bookings', '2026-03-09', now(), NULL, '2026-03-09T08:00:00Z');
      INSERT INTO flush_batches (id, counters, events, applied_at, acknowledged_at) VALUES
        ('1', 1, 1, now(), NULL), ('2', 1, 1, now(), now())`);
    expect(await readCountersWaiting(market.pool)).toEqual({
      outboxRows: 1,
      outboxOldest: new Date('2026-03-09T10:00:00Z'),
      gaveUp: 1,
      batches: 1,
    });
  });
});

describe('the notifications', () => {
  const logged = (rows: [at: string, type: string, status: string][]) =>
    market.pool.query(
      `INSERT INTO notification_log (outbox_id, recipient_no, type, recipient, status, created_at)
       SELECT 'x', number, type, 'ana@example.com', status, at
       FROM jsonb_to_recordset($1) AS row (number int, type varchar, status varchar, at timestamptz)`,
      [JSON.stringify(rows.map(([at, type, status], number) => ({ number, at, type, status })))],
    );

  it('are counted by UTC day, type and end', async () => {
    const { readMails } = await import('../src/dashboards/notifications/readMails');
    await logged([
      ['2026-03-09T23:59:59Z', 'message.new', 'sent'],
      ['2026-03-09T00:00:00Z', 'message.new', 'delivered'],
      ['2026-03-09T12:00:00Z', 'message.new', 'bounced'],
      ['2026-03-10T00:00:00Z', 'message.new', 'failed'],
      ['2026-03-10T23:00:00Z', 'review.new', 'uncertain'],
      ['2026-03-10T23:00:00Z', 'review.new', 'suppressed'],
      ['2026-03-10T23:00:00Z', 'review.new', 'attempting'],
      ['2026-03-11T00:00:00Z', 'review.new', 'sent'],
      ['2026-02-08T23:59:59Z', 'review.new', 'sent'],
    ]);
    const none = { sent: 0, failed: 0, unclear: 0, suppressed: 0, underway: 0 };
    expect(await readMails(market.pool, SPAN)).toEqual([
      { ...none, day: '2026-03-09', type: 'message.new', sent: 2, failed: 1 },
      { ...none, day: '2026-03-10', type: 'message.new', failed: 1 },
      { ...none, day: '2026-03-10', type: 'review.new', unclear: 1, suppressed: 1, underway: 1 },
    ]);
  });

  it('tell what waits, since when, and what waits for its time', async () => {
    const { readOutbox } = await import('../src/dashboards/notifications/readOutbox');
    const notify = (notBefore?: string) =>
      writeNotification(market.pool, {
        type: 'user.welcome.client',
        payload: { userId: 1 },
        ...(notBefore ? { notBefore: new Date(notBefore) } : {}),
      });
    const now = await notify();
    await notify(hoursFromNow(5));
    const relayed = await notify();
    const closed = await notify();
    await market.pool.query(`UPDATE notification_outbox SET created_at = '2026-03-01T00:00:00Z' WHERE id = $1`, [now]);
    await market.pool.query(`UPDATE notification_outbox SET status = 'relayed' WHERE id = $1`, [relayed]);
    await closeOutboxRow(market.pool, { id: closed, status: 'sent' });
    expect(await readOutbox(market.pool)).toEqual([
      { type: 'user.welcome.client', pending: 1, later: 1, relayed: 1, oldest: new Date('2026-03-01T00:00:00Z') },
    ]);
  });

  it('list suppressed addresses, of which staff remove one by the API', async () => {
    const { readSuppressions } = await import('../src/dashboards/notifications/readSuppressions');
    await suppressAddress(market.pool, { email: 'one@example.com', reason: 'bounce', detail: 'no such box' });
    await suppressAddress(market.pool, { email: 'two@example.org', reason: 'complaint' });
    expect((await readSuppressions(market.pool)).total).toBe(2);
    const { total, suppressions } = await readSuppressions(market.pool, { text: 'EXAMPLE.COM' });
    expect(total).toBe(1);
    expect(suppressions).toMatchObject([{ email: 'one@example.com', reason: 'bounce', detail: 'no such box' }]);
    const id = suppressions[0]?.id ?? 0;
    await expect(
      market.payload.delete({ collection: 'suppressions', id, ...as(market.client), overrideAccess: false }),
    ).rejects.toThrow();
    await market.payload.delete({ collection: 'suppressions', id, ...as(market.moderator), overrideAccess: false });
    expect((await readSuppressions(market.pool)).total).toBe(1);
  });
});

describe('files', () => {
  it('are for staff alone', async () => {
    const { csvFiles } = await import('../src/dashboards/csv/csvFiles');
    for (const name of Object.keys(csvFiles)) {
      expect((await text(name)).status, name).toBe(401);
      expect((await text(name, { token: tokens.client })).status, name).toBe(403);
      expect((await text(name, { token: tokens.owner })).status, name).toBe(403);
      expect((await text(name, { token: tokens.moderator })).status, name).toBe(200);
      expect((await text(name, { token: tokens.admin })).status, name).toBe(200);
    }
    expect((await text('toString', { token: tokens.admin })).status).toBe(404);
  });

  it('hold what the page shows', async () => {
    await addRedisUsage(market.pool, {
      app: 'worker',
      report: {
        reportId: crypto.randomUUID(),
        entries: [{ day: utcDayOf(new Date()), source: 'queue', command: 'bzpopmin', count: 12 }],
      },
    });
    const { headers, body } = await text('redis-usage', { token: tokens.admin });
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="convene-redis-usage-[\d-]+\.csv"$/);
    expect(body).toBe(`day,app,source,command,count\r\n${utcDayOf(new Date())},worker,queue,bzpopmin,12\r\n`);
  });

  it('refuse a span that there is none of', async () => {
    expect((await text('feed', { token: tokens.admin, query: '?days=31' })).status).toBe(400);
    expect((await text('feed', { token: tokens.admin, query: '?days=365' })).status).toBe(200);
    expect((await text('top-listings', { token: tokens.admin, query: '?by=stars' })).status).toBe(400);
  });

  it('hold every failed mail, over more than one page', async () => {
    await market.pool.query(
      `INSERT INTO notification_outbox (id, type, payload, status, closed_at)
       SELECT gen_random_uuid()::text, 'message.new', '{}', 'dead', now() FROM generate_series(1, 450)`,
    );
    const { body } = await text('failed-mails', { token: tokens.moderator });
    expect(body.trim().split('\r\n')).toHaveLength(451);
    expect(new Set(body.trim().split('\r\n')).size).toBe(451);
  });
});

describe('the jobs of the feed', () => {
  const run = (name: string, token?: string) =>
    call(jobRoute, { body: {}, params: { name }, ...(token ? { token } : {}) });

  it('are run by admins alone', async () => {
    expect(await run('rank')).toMatchObject({ status: 401 });
    expect(await run('rank', tokens.owner)).toMatchObject({ status: 403 });
    expect(await run('rank', tokens.moderator)).toMatchObject({ status: 403 });
    expect(await run('purge-uploads', tokens.admin)).toMatchObject({ status: 404 });
    const { rows } = await market.pool.query('SELECT name FROM job_runs');
    expect(rows).toEqual([]);
    expect(await run('rank', tokens.admin)).toMatchObject({ status: 200, body: { ran: true } });
    const { rows: ran } = await market.pool.query('SELECT name, status FROM job_runs');
    expect(ran).toEqual([{ name: 'feed:rank', status: 'done' }]);
  });

  it('are left alone while somebody else is at it', async () => {
    await market.pool.query(
      `INSERT INTO leases (name, holder, expires_at) VALUES ('schedule:feed:aggregate', 'somebody', now() + interval '1 minute')`,
    );
    expect(await run('aggregate', tokens.admin)).toMatchObject({ status: 200, body: { ran: false } });
  });
});

describe('previews of mails', () => {
  let worker: Server;
  const asked: (string | undefined)[] = [];
  let answer = { status: 200, body: '<p>Hello</p>' };

  beforeAll(async () => {
    worker = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(answer.status, { 'content-type': 'text/html' });
      response.end(answer.body);
    });
    await new Promise<void>((resolve) => worker.listen(0, resolve));
    const { env } = await import('../src/env');
    const address = worker.address();
    Object.assign(env, { WORKER_URL: `http://localhost:${typeof address === 'object' ? address?.port : 0}` });
  });
  afterAll(() => new Promise((resolve) => worker.close(resolve)));

  const preview = async (path: string[], token?: string) => {
    const response = await previewRoute.GET(
      new Request(`http://localhost:3001/api/emails/${path.join('/')}`, {
        headers: token ? { Authorization: `JWT ${token}` } : {},
      }),
      { params: Promise.resolve({ path }) },
    );
    return { status: response.status, body: await response.text(), headers: response.headers };
  };
  const welcome = ['user.welcome', 'en', 'html'];

  it('come from the worker by its token, to staff alone, and may run nothing', async () => {
    expect((await preview(welcome)).status).toBe(401);
    expect((await preview(welcome, tokens.owner)).status).toBe(403);
    expect(asked).toEqual([]);
    const { status, body, headers } = await preview(welcome, tokens.moderator);
    expect([status, body]).toEqual([200, '<p>Hello</p>']);
    expect(headers.get('content-security-policy')).toMatch(/^sandbox allow-popups; default-src 'none'/);
    expect(asked).toEqual(['/emails/user.welcome/en/html Bearer test-previews-token-of-32-characters']);
  });

  it.each([
    [['..', '..', 'metrics']],
    [['user.welcome', 'en', 'pdf']],
    [['user.welcome', 'en']],
    [['nothing', 'en', 'html']],
  ])('are not asked for at %j', async (path) => {
    asked.length = 0;
    expect((await preview(path, tokens.admin)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('say so where the worker refuses or is away', async () => {
    answer = { status: 401, body: '{}' };
    expect(await preview(welcome, tokens.admin)).toMatchObject({
      status: 502,
      body: expect.stringContaining('The worker answered 401'),
    });
    const { env } = await import('../src/env');
    Object.assign(env, { WORKER_URL: 'http://127.0.0.1:1' });
    expect(await preview(welcome, tokens.admin)).toMatchObject({
      status: 503,
      body: expect.stringContaining('can’t be reached'),
    });
  });
});

it('sends no Redis command for any of it', async () => {
  const { csvFiles } = await import('../src/dashboards/csv/csvFiles');
  const { readYesterday } = await import('../src/dashboards/usage/readUsage');
  const { readJobStates } = await import('../src/dashboards/feed/readRuns');
  const { readCountersWaiting } = await import('../src/dashboards/feed/readCountersWaiting');
  const { readSuppressions } = await import('../src/dashboards/notifications/readSuppressions');
  const { queueCommands } = await import('../src/utils/notificationsQueue');
  const { getRedisCommandCounter } = await import('../src/utils/redis');
  const counted = () => queueCommands.total() + getRedisCommandCounter().total();
  const before = counted();
  const { client } = await monitored(market.context.redisUrl, async () => {
    for (const name of Object.keys(csvFiles)) await text(name, { token: tokens.admin });
    await Promise.all([
      readYesterday(market.pool, new Date()),
      readJobStates(market.pool),
      readCountersWaiting(market.pool),
      readSuppressions(market.pool),
    ]);
  });
  expect(client).toEqual([]);
  expect(counted()).toBe(before);
});
