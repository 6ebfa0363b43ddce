import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { feedAnswerSchema } from '@convene/common/api';
import { z } from 'zod';
import { report } from '../lib/report';
import { buildBackend, buildBareNext, buildFrontend, startBareNext } from '../lib/servers';
import { markdownTable, milliseconds, number, quantile } from '../lib/table';
import { type Audit, audit, categories, type Throttling, throttlings } from './audit';
import { untilLive, waitingScripts } from './firstSign';
import { costOf, readTogether } from './readers';
import { startSite } from './site';

/*
 * What a visitor's phone has to load, and what many readers cost.
 *
 *   pnpm bench:pages [--no-build] [--runs 5] [--write]
 */

const { values } = parseArgs({
  options: {
    'no-build': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
  },
});
const runs = z.coerce.number().int().min(1).max(50).parse(values.runs);
const READERS = 50;
const READ_MS = 10_000;
const targets = { lcpMs: 1_500, cls: 0.02, scriptBytes: 120_000, performance: 95, others: 100 } as const;

const say = (what: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`);

const chromePath = ((): string => {
  const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = process.env['CHROMIUM_PATH'] ?? candidates.find((path) => existsSync(path));
  if (!found) throw new Error('No Chromium found. Install it or set CHROMIUM_PATH.');
  return found;
})();

/** One page with one way of slowing the browser down. */
type Audited = { title: string; throttling: Throttling; audits: Audit[] };

const median = (of: number[]): number =>
  quantile(
    of.toSorted((a, b) => a - b),
    0.5,
  );
const kilobytes = (bytes: number): string => `${number(bytes / 1_000)} kB`;
const yes = (isReached: boolean): string => (isReached ? 'yes' : 'no');
const right = (title: string) => ({ title, align: 'right' as const });

const auditAll = async (title: string, url: string, throttling: Throttling): Promise<Audited> => {
  // What is built when it is first asked for is not what a visitor waits for.
  await (await fetch(url)).arrayBuffer();
  const audits: Audit[] = [];
  for (let run = 0; run < runs; run += 1) {
    const found = await audit(url, chromePath, throttling);
    audits.push(found);
    const scores = categories.map((category) => found.scores[category]).join(' / ');
    say(
      `${title}, ${throttling}: ${scores}, LCP ${milliseconds(found.lcpMs)}, CLS ${number(found.cls)}, scripts ${kilobytes(found.scriptBytes)}`,
    );
  }
  return { title, throttling, audits };
};

const runTable = (pages: Audited[]): string =>
  markdownTable(
    [
      { title: 'page' },
      { title: 'throttling' },
      right('run'),
      ...categories.map((category) => right(category)),
      right('LCP'),
      right('CLS'),
      right('blocked'),
    ],
    pages.flatMap(({ title, throttling, audits }) =>
      audits.map(({ scores, lcpMs, cls, blockingMs }, index) => [
        title,
        throttling,
        String(index + 1),
        ...categories.map((category) => String(scores[category])),
        milliseconds(lcpMs),
        cls.toFixed(3),
        milliseconds(blockingMs),
      ]),
    ),
  );

const medianTable = (pages: Audited[]): string =>
  markdownTable(
    [
      { title: 'page, median' },
      { title: 'throttling' },
      ...categories.map((category) => right(category)),
      right('LCP'),
      right('CLS'),
      { title: 'reached' },
    ],
    pages.map(({ title, throttling, audits }) => {
      const scores = categories.map((category) => median(audits.map((found) => found.scores[category])));
      const [performance = 0, ...others] = scores;
      const lcpMs = median(audits.map((found) => found.lcpMs));
      const cls = median(audits.map((found) => found.cls));
      const isReached =
        performance >= targets.performance &&
        others.every((score) => score >= targets.others) &&
        lcpMs <= targets.lcpMs &&
        cls <= targets.cls;
      return [title, throttling, ...scores.map(String), milliseconds(lcpMs), cls.toFixed(3), yes(isReached)];
    }),
  );

const weightTable = (pages: Audited[], bare: Audited): string => {
  const of = ({ audits }: Audited, what: (found: Audit) => number) => median(audits.map(what));
  return markdownTable(
    [
      { title: 'cold load, median' },
      right('scripts'),
      right('typefaces'),
      right('images'),
      right('everything'),
      right('requests'),
    ],
    [...pages, bare].map((page) => [
      page.title,
      kilobytes(of(page, ({ scriptBytes }) => scriptBytes)),
      kilobytes(of(page, ({ fontBytes }) => fontBytes)),
      kilobytes(of(page, ({ imageBytes }) => imageBytes)),
      kilobytes(of(page, ({ totalBytes }) => totalBytes)),
      number(of(page, ({ requests }) => requests)),
    ]),
  );
};

if (!values['no-build']) {
  await buildBareNext(say);
  await buildBackend(say);
  await buildFrontend(say);
}
const site = await startSite(say);
try {
  const feed = feedAnswerSchema.parse(await (await fetch(`${site.backendOrigin}/api/feed?kind=locations`)).json());
  const [listing] = feed.items;
  if (!listing) throw new Error('there is no listing to look at');
  const paths = { home: '/', archive: '/locations', listing: `/locations/${listing.slug}` };

  const bareNext = await startBareNext();
  const bare = await auditAll('bare Next page, gzip', `${bareNext.origin}/`, 'simulate').finally(bareNext.stop);
  const pages: Audited[] = [];
  for (const [title, path] of Object.entries(paths)) {
    for (const throttling of throttlings) pages.push(await auditAll(title, `${site.origin}${path}`, throttling));
  }

  const atFirstSign: string[][] = [];
  for (const [title, path] of Object.entries(paths)) {
    const url = `${site.origin}${path}`;
    const { files, gzipBytes, brotliBytes } = await waitingScripts(url);
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await untilLive(url, chromePath));
    say(`${title}: alive ${milliseconds(median(times))} after the first sign of somebody`);
    atFirstSign.push([title, number(files), kilobytes(brotliBytes), kilobytes(gzipBytes), milliseconds(median(times))]);
  }
  const firstSignTable = markdownTable(
    [{ title: 'at the first sign of somebody' }, right('files'), right('Brotli'), right('gzip'), right('until alive')],
    atFirstSign,
  );

  const services = { databaseUrl: site.stack.databaseUrl, redisUrl: site.stack.redisUrl };
  say('nobody reads');
  const idle = await costOf(services, () => pause(READ_MS));
  const rows = [
    ['nobody', '–', '–', '–', '–', number(idle.transactions), number(idle.scans), number(idle.redisCommands)],
  ];
  for (const [title, path] of Object.entries(paths)) {
    const url = `${site.origin}${path}`;
    await (await fetch(url)).arrayBuffer();
    let reading = { answers: 0, failures: 0, p50Ms: 0, p99Ms: 0 };
    const cost = await costOf(services, async () => {
      reading = await readTogether(url, READERS, READ_MS);
    });
    say(`${title}: ${number(reading.answers)} answers`);
    rows.push([
      `${READERS} of the ${title}`,
      number(reading.answers),
      number(reading.failures),
      milliseconds(reading.p50Ms),
      milliseconds(reading.p99Ms),
      number(cost.transactions),
      number(cost.scans),
      number(cost.redisCommands),
    ]);
  }
  const readersTable = markdownTable(
    [
      { title: 'readers, 10 s' },
      right('pages'),
      right('failed'),
      right('p50'),
      right('p99'),
      right('transactions'),
      right('scans of what pages show'),
      right('Redis commands'),
    ],
    rows,
  );
  const failed = [
    ...new Set(pages.flatMap(({ title, audits }) => audits.flatMap((a) => a.failed.map((f) => `${title}, ${f}`)))),
  ];
  for (const audited of failed) say(`below 100: ${audited}`);

  await report({
    name: 'pages',
    command: 'pnpm bench:pages',
    body: `
Lighthouse with what it presets for a phone (4 times slower processor, 1.6 Mbit/s, 150 ms), production builds, the demo
data, a browser of its own for each run. \`devtools\` slows the browser down while it loads: what somebody waits for.
\`simulate\` loads at full speed and works out what a slow load would have been; on loopback the typefaces may be there before
the first paint, and are then counted as waited for. To reach: performance ≥ ${targets.performance}, the other three
${targets.others}, LCP ≤ ${number(targets.lcpMs / 1_000)} s, CLS ≤ ${targets.cls}.

${medianTable(pages)}

What comes over the wire of a cold load, compressed as the server does it by itself, with headers. Scripts of a listing: to reach
≤ ${kilobytes(targets.scriptBytes)}. What counts and has the rest come stands in the page itself.

${weightTable(
  pages.filter(({ throttling }) => throttling === 'simulate'),
  bare,
)}

What comes when somebody touches a page, scrolls it or uses a key: the scripts that wait until then, without headers, and the
time until React has taken the page over on a phone that is slowed down (median of ${runs}). What is pressed meanwhile is done then.

${firstSignTable}

${READERS} readers at once for 10 s on the same two processor cores, each asking again as soon as its page is there. The first row is what
the processes do by themselves meanwhile, watching them included.

${readersTable}

Every run:

${runTable(pages)}
`,
  });
} finally {
  await site.stop();
}
