import { once } from 'node:events';
import { createServer } from 'node:http';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { currentTraceParent, inSpan, SpanKind } from './index';
import { startTracing, type Tracing } from './start';
import { withoutSecrets } from './withoutSecrets';

const exporter = new InMemorySpanExporter();
let tracing: Tracing;
beforeAll(() => {
  tracing = startTracing({
    service: 'convene-test',
    endpoint: 'http://127.0.0.1:1',
    processor: new SimpleSpanProcessor({ exporter }),
  });
});
beforeEach(() => exporter.reset());
afterAll(() => tracing.stop());

test('what is done later goes on with the trace of what caused it', async () => {
  const kept = await inSpan('cause', { kind: SpanKind.PRODUCER }, async () => currentTraceParent());
  expect(kept).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(currentTraceParent()).toBeNull();
  await inSpan('effect', { kind: SpanKind.CONSUMER, traceParent: kept }, async () => undefined);
  const [cause, effect] = exporter.getFinishedSpans();
  expect(effect?.spanContext().traceId).toBe(cause?.spanContext().traceId);
  expect(effect?.parentSpanContext?.spanId).toBe(cause?.spanContext().spanId);
});

test('what is thrown is thrown on, and seen in the span', async () => {
  const failing = inSpan('failing', {}, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(exporter.getFinishedSpans()[0]?.status.message).toBe('no');
});

test('a fetch hands the trace on', async () => {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers['traceparent']);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  const parent = await inSpan('asking', {}, async () => {
    await (await fetch(`http://127.0.0.1:${address.port}/`, { headers: { connection: 'close' } })).text();
    return currentTraceParent();
  });
  server.close();
  expect(String(seen[0]).slice(0, 35)).toBe(parent?.slice(0, 35));
});

test('no token reaches the collector, neither of who asks nor of who is asked', async () => {
  const secret = '0123456789abcdef0123456789abcdef01234567';
  const server = createServer((_request, response) => {
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  const own = `http://127.0.0.1:${address.port}/api/users/verify/${secret}?token=${secret}`;
  await inSpan(`fetch GET ${own}`, {}, async () => {
    trace.getActiveSpan()?.setAttributes({ 'http.target': `/verify?token=${secret}`, 'http.url': own });
    await (await fetch(own, { headers: { connection: 'close' } })).text();
  });
  server.close();
  const spans = exporter.getFinishedSpans();
  expect(spans).toHaveLength(2);
  const sent = JSON.stringify(spans.map(({ name, attributes }) => ({ name, attributes })));
  expect(sent).not.toContain(secret);
  expect(sent).toContain('/api/users/verify/…');
});

test.each([
  ['/reset?token=abc#x', '/reset'],
  ['/api/users/verify/abc', '/api/users/verify/…'],
  ['https://user:password@example.org/a', 'https://example.org/a'],
  ['/events/the-very-long-name-of-a-concert-in-2026', '/events/the-very-long-name-of-a-concert-in-2026'],
  ['/api/account/listings/events/7', '/api/account/listings/events/7'],
])('of %s is kept %s', (address, kept) => expect(withoutSecrets(address)).toBe(kept));
