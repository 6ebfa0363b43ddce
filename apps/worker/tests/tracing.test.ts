import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { inSpan } from '@convene/tracing';
import { startTracing, type Tracing } from '@convene/tracing/start';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningWorker } from '../src/startWorker';
import { createLog, insertUser, notify, startTestWorker, untilClosed } from './support';

const exporter = new InMemorySpanExporter();
let tracing: Tracing;
let context: TestContext;
let pool: pg.Pool;
let worker: RunningWorker;

beforeAll(async () => {
  tracing = startTracing({
    service: 'convene-test',
    endpoint: 'http://127.0.0.1:1',
    processor: new SimpleSpanProcessor({ exporter }),
  });
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
  worker = await startTestWorker(context, { logger: createLog().logger });
});
afterAll(async () => {
  await worker?.stop();
  await pool?.end();
  await context?.dispose();
  await tracing?.stop();
});

test('one trace leads from the change, over the outbox and the queue, to the call of the provider', async () => {
  const userId = await insertUser(pool, { email: 'ana@example.com' });
  const id = await inSpan('a change', {}, () => notify(pool, { type: 'user.welcome.client', payload: { userId } }));
  await untilClosed(pool, id, 20_000);
  await worker.stop();

  const spans = exporter.getFinishedSpans();
  const spanOf = (name: string) => spans.find((span) => span.name === name);
  const [change, written, delivered] = ['a change', 'write notifications', 'deliver a notification'].map(spanOf);
  const sent = spans.find(({ attributes }) => String(attributes['url.full'] ?? '').includes('/emails'));
  const trace = change?.spanContext().traceId;
  expect(trace).toBeDefined();
  expect([written, delivered, sent].map((span) => span?.spanContext().traceId)).toEqual([trace, trace, trace]);
  expect(written?.parentSpanContext?.spanId).toBe(change?.spanContext().spanId);
  expect(delivered?.parentSpanContext?.spanId).toBe(written?.spanContext().spanId);
  expect(delivered?.attributes).toMatchObject({
    'messaging.message.id': id,
    'convene.notification.type': 'user.welcome.client',
    'convene.outcome': 'closed',
  });
  // Spans go to a third party: they name the row, never a person.
  const attributes = JSON.stringify(spans.map((span) => span.attributes));
  expect(attributes).not.toContain('ana@example.com');
});
