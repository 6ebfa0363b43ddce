import { createServer } from 'node:http';
import { answerPreview } from './previews';

export type PreviewServer = { url: string; close: () => Promise<void> };

/**
 * Serves the previews to this machine alone.
 *
 * @param port 0 for any that is free
 * @throws the server's error where the port is taken
 */
export const startPreviewServer = async ({ port }: { port: number }): Promise<PreviewServer> => {
  const server = createServer((request, response) => {
    const path = ((request.url ?? '/').split('?')[0] ?? '/').replace(/^\//, '');
    answerPreview(path).then(
      ({ status, type, body }) => {
        response.writeHead(status, {
          'content-type': type,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        });
        response.end(body);
      },
      (error: unknown) => {
        response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(error instanceof Error ? error.stack : String(error));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
