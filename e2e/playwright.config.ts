import { defineConfig, devices } from '@playwright/test';
import { browserFlags, chromiumPath } from './browser';

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  // The tests tell one story, and share one database.
  workers: 1,
  fullyParallel: false,
  // On a busy machine one may be late; what passes only the second time is listed as flaky. Traces slow everything down:
  // only that second time has one.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env['E2E_FRONTEND_URL'],
    trace: 'on-first-retry',
    launchOptions: { executablePath: chromiumPath(), args: browserFlags },
  },
});
