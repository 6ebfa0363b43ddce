import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { PortTakenError } from './ports';

export type RunningHttpServer = { port: number; url: string; stop: () => Promise<void> };

/**
 * Serves a fetch handler.
 *
 * @param host 127.0.0.1 unless a container has to be reached from outside
 * @throws PortTakenError
 */
export const serveHttp = async ({
  fetch,
  port,
  portVariable,
  what,
  host = '127.0.0.1',
}: {
  /** A Hono app's; Node's own request and response are its bindings. */
  fetch: (request: Request, bindings: object) => Response | Promise<Response>;
  port: number;
  portVariable: string;
  what: string;
  host?: string;
}): Promise<RunningHttpServer> => {
  const server = createServer(
    // Upstash's and Resend's clients bring their own Request and Response; ours must not replace the global ones.
    getRequestListener(fetch, { overrideGlobalObjects: false }),
  );
  // Clients keep connections open for longer than they say; a closed one under their feet would look like a fault.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError({ port, variable: portVariable, what }) : error),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  return {
    port: actualPort,
    url: `http://127.0.0.1:${actualPort}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
