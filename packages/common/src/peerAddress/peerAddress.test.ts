import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { expect, test } from 'vitest';
import { PEER_ADDRESS_HEADER } from '../clientIp/index';
import { recordPeerAddress } from './index';

test("the socket's address replaces what a client sends under its name, in both forms of the headers", async () => {
  recordPeerAddress();
  const seen: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    const raw = incoming.rawHeaders.filter((_, index, all) => all[index - 1]?.toLowerCase() === PEER_ADDRESS_HEADER);
    seen.push([incoming.headers[PEER_ADDRESS_HEADER], raw]);
    outgoing.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  const outgoing = request({ port: address.port, host: '127.0.0.1', agent: false });
  outgoing.setHeader('X-Convene-Peer-Address', ['203.0.113.9', '203.0.113.10']);
  outgoing.end();
  const [answer] = await once(outgoing, 'response');
  answer.resume();
  await once(answer, 'end');
  server.close();
  expect(seen).toEqual([['127.0.0.1', ['127.0.0.1']]]);
});
