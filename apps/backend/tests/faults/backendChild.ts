import { createServer } from 'node:http';
import { recordPeerAddress } from '@convene/common/peerAddress';

/*
 * A backend to be killed: the metrics endpoints as they are, and a flush whenever it is asked. Prints where.
 */

recordPeerAddress();
const { startCollectorServer } = await import('../../src/collector/server');
const { processContext } = await import('../../src/endpoints/metrics');
const { flushCountersToDaily } = await import('../../src/collections/Feed/counters');

const metrics = await startCollectorServer({ contextOf: processContext, port: 0, host: '127.0.0.1' });
const flushes = createServer((_request, response) => {
  flushCountersToDaily({ countersPerClaim: 50 }).then(
    (summary) => response.end(JSON.stringify(summary)),
    (error: unknown) => response.writeHead(503).end(String(error)),
  );
});
flushes.listen(0, '127.0.0.1', () => {
  const address = flushes.address();
  const flushPort = typeof address === 'object' && address ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ port: metrics.port, flushPort })}\n`);
});
