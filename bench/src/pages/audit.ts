import { launch } from 'chrome-launcher';
import lighthouse, { type Result } from 'lighthouse';
import { z } from 'zod';

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof categories)[number];

/**
 * How Lighthouse makes a fast machine a slow phone: `devtools` slows the browser down while it loads, `simulate` loads at
 * full speed and works out from the requests what a slow load would have been.
 */
export const throttlings = ['devtools', 'simulate'] as const;
export type Throttling = (typeof throttlings)[number];

export type Audit = {
  throttling: Throttling;
  /** 0 to 100. */
  scores: Record<Category, number>;
  lcpMs: number;
  cls: number;
  blockingMs: number;
  /** As they came over the wire, with their headers. */
  scriptBytes: number;
  imageBytes: number;
  fontBytes: number;
  totalBytes: number;
  requests: number;
  /** What keeps a score from 100, by name. */
  failed: string[];
};

const requestsSchema = z.object({
  items: z.array(z.object({ resourceType: z.string().optional(), transferSize: z.number().default(0) })),
});

export const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
];

/** A browser that lost its recording has nothing to tell of the page. */
const TRIES = 3;

const run = async (url: string, chromePath: string, throttlingMethod: Throttling): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    const chrome = await launch({ chromePath, chromeFlags: flags, logLevel: 'silent' });
    try {
      const result = await lighthouse(url, {
        port: chrome.port,
        output: 'json',
        logLevel: 'error',
        onlyCategories: [...categories],
        throttlingMethod,
      });
      if (!result) throw new Error(`Lighthouse has no result for ${url}`);
      const { runtimeError } = result.lhr;
      if (!runtimeError) return result.lhr;
      if (attempt === TRIES) throw new Error(`${url}: ${runtimeError.message}`);
    } finally {
      chrome.kill();
    }
  }
};

/** One cold load in a browser of its own, by Lighthouse with what it presets for a phone on a slow network. */
export const audit = async (url: string, chromePath: string, throttling: Throttling): Promise<Audit> => {
  const lhr = await run(url, chromePath, throttling);
  const value = (id: string) => lhr.audits[id]?.numericValue ?? Number.NaN;
  const score = (category: Category) => Math.round((lhr.categories[category]?.score ?? 0) * 100);
  const { items } = requestsSchema.parse(lhr.audits['network-requests']?.details);
  const bytesOf = (of: typeof items) => of.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return {
    throttling,
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    },
    lcpMs: value('largest-contentful-paint'),
    cls: value('cumulative-layout-shift'),
    blockingMs: value('total-blocking-time'),
    scriptBytes: bytesOf(items.filter(({ resourceType }) => resourceType === 'Script')),
    imageBytes: bytesOf(items.filter(({ resourceType }) => resourceType === 'Image')),
    fontBytes: bytesOf(items.filter(({ resourceType }) => resourceType === 'Font')),
    totalBytes: bytesOf(items),
    requests: items.length,
    failed: categories.flatMap((category) =>
      (lhr.categories[category]?.auditRefs ?? [])
        .filter(({ weight, id }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 1)
        .map(({ id }) => `${category}: ${id} ${lhr.audits[id]?.displayValue ?? ''}`.trim()),
    ),
  };
};
