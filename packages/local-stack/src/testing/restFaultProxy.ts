import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A place at the edge of a process: a call that it makes, before it has arrived or when it is done. */
export type FaultPoint = { call: string; when: 'before' | 'after' };

/** Called at each point; `cut` breaks the connection there, so that the call never arrives, or its answer. */
export type OnFaultPoint = (point: FaultPoint) => 'pass' | 'cut';

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const commandOf = (body: Buffer): string[] => {
  try {
    const command: unknown = JSON.parse(body.toString());
    return Array.isArray(command) ? command.map(String) : [];
  } catch {
    return [];
  }
};

/**
 * Stands before an Upstash REST endpoint and knows what passes: single commands, posted as JSON.
 *
 * @param options.nameOf names the calls at which something may happen
 */
export const createRestFaultProxy = async ({
  targetUrl,
  nameOf,
  onPoint,
}: {
  targetUrl: string;
  nameOf: (command: string[]) => string | undefined;
  onPoint: OnFaultPoint;
}): Promise<{ url: string; stop: () => Promise<void> }> => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const call = nameOf(commandOf(body));
    const isCut = (when: FaultPoint['when']) => call !== undefined && onPoint({ call, when }) === 'cut';
    if (isCut('before')) {
      request.socket.destroy();
      return;
    }
    const upstream = await fetch(new URL(request.url ?? '/', targetUrl), {
      method: request.method ?? 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/json',
        ...(request.headers['upstash-encoding']
          ? { 'upstash-encoding': String(request.headers['upstash-encoding']) }
          : {}),
      },
      body: new Uint8Array(body),
    });
    const text = await upstream.text();
    if (isCut('after')) {
      request.socket.destroy();
      return;
    }
    response.writeHead(upstream.status, {
      'content-type': upstream.headers.get('content-type') ?? 'application/json',
    });
    response.end(text);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
