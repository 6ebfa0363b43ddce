import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import type { MetricsContext } from '../endpoints/metrics';
import { collectorFetch } from './routes';

export type Collector = { port: number; stop: () => Promise<void> };

/**
 * Serves the metrics endpoints, with the same URLs and rules, by a plain Node server in a process of its own. Peer
 * addresses must be recorded in this process (`recordPeerAddress`).
 */
export const startCollectorServer = async ({
  contextOf,
  port,
  host,
}: {
  contextOf: () => MetricsContext;
  /** 0 for any free port. */
  port: number;
  host?: string;
}): Promise<Collector> => {
  const server = createAdaptorServer({ fetch: collectorFetch(contextOf) });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
};
