import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadAppShapes } from './appShapes';
import { type AppShapes, envExample, parseEnvExample } from './envExample';

let text: string;
let variables: Record<string, string>;
let shapes: AppShapes;

beforeAll(async () => {
  text = await readFile(path.resolve(import.meta.dirname, '../.env.example'), 'utf8');
  variables = parseEnvExample(text);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  shapes = await loadAppShapes();
});

describe('.env.example', () => {
  it('is what the schemas say (write it anew by `pnpm env:example`)', () => {
    expect(text).toBe(envExample(shapes));
  });

  it('makes a working environment of each app, but none for production', async () => {
    const { parseBackendEnv } = await import('../apps/backend/src/env');
    const { parseWorkerEnv } = await import('../apps/worker/src/env');
    const { parseFrontendEnv } = await import('../apps/frontend/env');
    for (const parse of [parseBackendEnv, parseWorkerEnv, parseFrontendEnv]) {
      expect(parse({ ...variables, NODE_ENV: 'development' })).toMatchObject({ LOG_LEVEL: 'info' });
    }
    for (const parse of [parseBackendEnv, parseFrontendEnv]) {
      expect(() => parse({ ...variables, NODE_ENV: 'production' })).toThrow(/still has its example value/);
    }
  });

  it('leaves no app silent about what is missing: every problem at once, with its variable', async () => {
    const { parseBackendEnv } = await import('../apps/backend/src/env');
    expect(() => parseBackendEnv({ PORT: 'x' })).toThrow(
      /PORT[\s\S]*DATABASE_URL: is not set[\s\S]*PAYLOAD_SECRET: is not set[\s\S]*SERVICE_TOKEN: is not set/,
    );
  });
});
