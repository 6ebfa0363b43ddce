import { test as base } from '@playwright/test';

export { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

let tests = 0;

/**
 * A test whose pages and requests come from an address of its own, as from behind the proxy that the apps trust here: what
 * one tries is no part of another's limits.
 */
export const test = base.extend({
  extraHTTPHeaders: async ({ extraHTTPHeaders }, use, { workerIndex }) => {
    tests += 1;
    // Of the addresses that are for tests of networks (RFC 2544).
    const address = `198.18.${workerIndex % 256}.${tests % 256}`;
    await use({ ...extraHTTPHeaders, 'x-forwarded-for': address });
  },
});
