/// <reference lib="dom" />
import { get } from 'node:http';
import { chromium } from 'playwright-core';
import { z } from 'zod';
import { flags } from './audit';

/** What Lighthouse presets for a phone, as the browser's own tools slow it down. */
const PHONE = { processorRate: 4, latencyMs: 150 * 3.75, bytesPerSecond: (1_638.4 * 1_024 * 0.9) / 8 };
const viewport = { width: 412, height: 823 };

const transferred = (url: string, acceptEncoding: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': acceptEncoding } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.once('end', () => resolve(bytes));
      answer.once('error', reject);
    }).once('error', reject);
  });

/** The scripts of a page that wait until somebody is there: how many, and their bytes without headers. */
export const waitingScripts = async (
  url: string,
): Promise<{ files: number; gzipBytes: number; brotliBytes: number }> => {
  const html = await (await fetch(url)).text();
  const sources = [...html.matchAll(/ data-src="([^"]+\.js[^"]*)"/g)].map(
    ([, source = '']) => new URL(source, url).href,
  );
  const sum = async (encoding: string) =>
    (await Promise.all(sources.map((source) => transferred(source, encoding)))).reduce(
      (total, bytes) => total + bytes,
      0,
    );
  return { files: sources.length, gzipBytes: await sum('gzip'), brotliBytes: await sum('br') };
};

/** ms from the first sign of somebody, on a page that is there, until React has taken it over; on a phone, slowed down. */
export const untilLive = async (url: string, executablePath: string): Promise<number> => {
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const page = await browser.newPage({ viewport, isMobile: true, hasTouch: true });
    const tools = await page.context().newCDPSession(page);
    await tools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: PHONE.latencyMs,
      downloadThroughput: PHONE.bytesPerSecond,
      uploadThroughput: PHONE.bytesPerSecond,
    });
    await tools.send('Emulation.setCPUThrottlingRate', { rate: PHONE.processorRate });
    await page.goto(url, { waitUntil: 'networkidle' });
    // Functions without a name: what the compiler keeps names by is not there in the browser.
    await page.evaluate(() => {
      const live = new Promise<number>((resolve) => {
        addEventListener(
          'touchstart',
          ({ timeStamp }) =>
            document.addEventListener('convene:live', (event) => resolve(event.timeStamp - timeStamp), { once: true }),
          { once: true, capture: true },
        );
      });
      Reflect.set(window, 'untilLive', live);
    });
    // A place where nothing is to be pressed.
    await page.touchscreen.tap(2, viewport.height - 2);
    const handle = await page.waitForFunction(() => Reflect.get(window, 'untilLive'), undefined, { timeout: 30_000 });
    return z.number().parse(await handle.jsonValue());
  } finally {
    await browser.close();
  }
};
