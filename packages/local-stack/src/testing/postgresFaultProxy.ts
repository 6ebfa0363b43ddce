import { connect, createServer, type Socket } from 'node:net';
import type { FaultPoint, OnFaultPoint } from './restFaultProxy';

/** Message types of the protocol, version 3. */
const QUERY = 0x51;
const PARSE = 0x50;
const READY_FOR_QUERY = 0x5a;

/** Cuts a stream into messages: one byte of type, four of length, which count themselves. */
class Messages {
  #rest: Buffer = Buffer.alloc(0);
  /** The first message of a client has no type. */
  #hasTypes: boolean;

  constructor({ beginsWithoutType }: { beginsWithoutType: boolean }) {
    this.#hasTypes = !beginsWithoutType;
  }

  push(chunk: Buffer): { type: number; body: Buffer }[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: { type: number; body: Buffer }[] = [];
    for (;;) {
      const head = this.#hasTypes ? 1 : 0;
      if (this.#rest.length < head + 4) return messages;
      const end = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < end) return messages;
      messages.push({ type: head === 1 ? (this.#rest[0] ?? 0) : 0, body: this.#rest.subarray(head + 4, end) });
      this.#rest = this.#rest.subarray(end);
      this.#hasTypes = true;
    }
  }
}

const statementOf = ({ type, body }: { type: number; body: Buffer }): string | undefined => {
  if (type === QUERY) return body.toString('utf8', 0, body.length - 1);
  if (type !== PARSE) return undefined;
  const text = body.indexOf(0) + 1;
  return body.toString('utf8', text, body.indexOf(0, text));
};

/**
 * Stands before Postgres and knows which statements pass: one at a time on a connection, as `pg` sends them, without
 * TLS. What Postgres answers to a named statement is held until all of it is there.
 *
 * @param options.namer made for each connection: names the statements at which something may happen
 */
export const createPostgresFaultProxy = async ({
  targetPort,
  namer,
  onPoint,
}: {
  targetPort: number;
  namer: () => (statement: string) => string | undefined;
  onPoint: OnFaultPoint;
}): Promise<{ port: number; stop: () => Promise<void> }> => {
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    const nameOf = namer();
    const fromClient = new Messages({ beginsWithoutType: true });
    const fromServer = new Messages({ beginsWithoutType: false });
    let running: string | undefined;
    let held: Buffer[] = [];

    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    const isCut = (call: string, when: FaultPoint['when']) => onPoint({ call, when }) === 'cut';
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (chunk) => {
      for (const message of fromClient.push(chunk)) {
        const statement = statementOf(message);
        const call = statement === undefined ? undefined : nameOf(statement);
        if (call === undefined) continue;
        if (isCut(call, 'before')) return cut();
        running = call;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      const isDone = fromServer.push(chunk).some(({ type }) => type === READY_FOR_QUERY);
      if (running === undefined) {
        client.write(chunk);
        return;
      }
      held.push(chunk);
      if (!isDone) return;
      if (isCut(running, 'after')) return cut();
      client.write(Buffer.concat(held));
      held = [];
      running = undefined;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port.');
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
