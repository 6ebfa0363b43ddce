import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

/* What the worker's image holds: the bundle, and beside it what is installed for production alone. */

const app = path.resolve(import.meta.dirname, '..');

let context: TestContext;
let bundle: string;

const run = (file: string, args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number | string | null; output: string }>((resolve) => {
    execFile(file, args, { cwd: app, env: { PATH: process.env['PATH'], ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? null) : 0, output: stdout + stderr }),
    );
  });

beforeAll(async () => {
  context = await createTestContext();
  // Below the app, where Node finds its packages.
  bundle = await mkdtemp(path.join(app, 'node_modules/.bundle-'));
  const built = await run(path.join(app, 'node_modules/.bin/tsx'), ['build.ts', bundle]);
  if (built.code !== 0) throw new Error(built.output);
});
afterAll(async () => {
  await rm(bundle, { recursive: true, force: true });
  await context.dispose();
});

test('takes from outside only what production installs', async () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(path.join(app, 'package.json'), 'utf8')));
  const files = (await readdir(bundle)).filter((file) => file.endsWith('.mjs'));
  expect(files.toSorted()).toEqual(['failed.mjs', 'index.mjs', 'job.mjs']);
  const imported = new Set<string>();
  for (const file of files) {
    const text = await readFile(path.join(bundle, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^"]+)";|^import "([^"]+)";/gm)) {
      const parts = name.split('/');
      imported.add(name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? ''));
    }
  }
  const outside = [...imported].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  expect(outside).toContain('bullmq');
  expect(outside).toContain('@opentelemetry/sdk-trace');
  expect(outside.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

test.each([
  ['job.mjs', [], /admin-digest +0 7 \* \* \* +never ran/],
  ['failed.mjs', ['list'], /0 failed for good, 0 uncertain/],
])('%s runs by itself', async (file, args, told) => {
  const { code, output } = await run(process.execPath, [path.join(bundle, file), ...args], {
    NODE_ENV: 'test',
    ...context.env.worker,
  });
  expect(output).toMatch(told);
  expect(code).toBe(0);
});
