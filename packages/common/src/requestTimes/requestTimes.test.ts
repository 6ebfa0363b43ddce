import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { type FinishedRequest, onRequestFinished } from './index';

test('every answered request is told of once, without its query', async () => {
  const told: FinishedRequest[] = [];
  let wake: () => void = () => undefined;
  const end = onRequestFinished((finished) => {
    told.push(finished);
    wake();
  });
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/missing' ? 404 : 200;
    response.end('done');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  const ask = async (path: string, method = 'GET') => {
    const isTold = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await fetch(`http://127.0.0.1:${address.port}${path}`, { method, headers: { connection: 'close' } });
    await isTold;
  };
  await ask('/feed?text=secret');
  await ask('/missing', 'POST');
  await ask('/x', 'PROPFIND');
  end();
  await fetch(`http://127.0.0.1:${address.port}/untold`, { headers: { connection: 'close' } });
  server.close();
  expect(told.map(({ method, path, status }) => ({ method, path, status }))).toEqual([
    { method: 'GET', path: '/feed', status: 200 },
    { method: 'POST', path: '/missing', status: 404 },
    { method: 'other', path: '/x', status: 200 },
  ]);
  for (const { seconds } of told) expect(seconds).toBeGreaterThan(0);
});
