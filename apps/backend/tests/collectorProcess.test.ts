import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

/* The collector by its own command, as it is started: `pnpm --filter @convene/backend collector`. */

const backend = path.resolve(import.meta.dirname, '..');

let context: TestContext;
let child: ChildProcess | undefined;
beforeAll(async () => {
  context = await createTestContext();
});
afterEach(() => {
  child?.kill('SIGKILL');
});
afterAll(() => context.dispose());

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
};

const answerOf = async (url: string, isRunning: () => boolean): Promise<Response> => {
  while (isRunning()) {
    const answer = await fetch(url, { headers: { connection: 'close' } }).catch(() => null);
    if (answer) return answer;
    await delay(50);
  }
  throw new Error('the collector ended before it answered');
};

test('answers its health check and the two paths of events, and ends when it is told to', {
  timeout: 60_000,
}, async () => {
  const port = await freePort();
  const collector = spawn(process.execPath, ['--import', 'tsx', 'src/collector/run.ts'], {
    cwd: backend,
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], ...context.env.backend, PORT: String(port), LOG_LEVEL: 'info' },
  });
  child = collector;
  let output = '';
  for (const stream of [collector.stdout, collector.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = once(collector, 'close');
  const at = `http://127.0.0.1:${port}`;
  const health = await answerOf(`${at}/api/health`, () => collector.exitCode === null);
  expect(health.status, output).toBe(200);
  const refused = await fetch(`${at}/api/metrics/view`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', connection: 'close' },
  });
  expect(refused.status).toBe(400);
  expect((await fetch(`${at}/api/feed`, { headers: { connection: 'close' } })).status).toBe(404);
  collector.kill('SIGTERM');
  const [code] = await ended;
  expect(code, output).toBe(0);
  expect(output).toContain('the collector has started');
});
