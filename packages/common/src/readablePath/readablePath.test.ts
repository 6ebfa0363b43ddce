import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { expect, it, test } from 'vitest';
import { readablePath, readPathsAsTheyStand } from './index';

it.each([
  ['/locations/a%20hall?text=%', '/locations/a%20hall?text=%'],
  ['/%F0%9F%8/a%20hall', '/%25F0%259F%258/a%20hall'],
  ['/100%', '/100%25'],
  ['/%ff%fe/x?next=%ff', '/%25ff%25fe/x?next=%ff'],
  ['/%2F/%', '/%2F/%25'],
  ['*', '*'],
])('reads %s as %s', (target, read) => {
  expect(readablePath(target)).toBe(read);
  expect(() => decodeURIComponent(readablePath(target).split('?')[0] ?? '')).not.toThrow();
});

test('a server sees the path that can be read', async () => {
  readPathsAsTheyStand();
  const seen: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.url);
    outgoing.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  const outgoing = request({ port: address.port, host: '127.0.0.1', agent: false, path: '/events/%F0%9?city=iasi' });
  outgoing.end();
  const [answer] = await once(outgoing, 'response');
  answer.resume();
  await once(answer, 'end');
  server.close();
  expect(seen).toEqual(['/events/%25F0%259?city=iasi']);
});
