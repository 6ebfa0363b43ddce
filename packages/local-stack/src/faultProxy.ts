import { connect, createServer, type Socket } from 'node:net';

export type FaultProxy = {
  port: number;
  /** Ends every connection, as a network that breaks; new ones are let in. */
  cut: () => void;
  /** Holds everything back, in both directions, until {@link FaultProxy.resume}. */
  pause: () => void;
  resume: () => void;
  /**
   * Forgets the connections that there are, as a router does with idle ones: whatever either end sends on them gets
   * nowhere, and neither is told. New ones work.
   */
  forget: () => void;
  /** Ends every connection and lets no new one in, as a server that is down. */
  refuse: () => void;
  /** Lets connections in again. */
  accept: () => void;
  connections: () => number;
  stop: () => Promise<void>;
};

/** A TCP proxy on 127.0.0.1 between a client and a server, that can be told to misbehave. */
export const createFaultProxy = async ({
  targetPort,
  targetHost = '127.0.0.1',
}: {
  targetPort: number;
  targetHost?: string;
}): Promise<FaultProxy> => {
  const sockets = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let isPaused = false;
  let isRefusing = false;

  const track = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    if (isPaused) socket.pause();
    socket.on('data', (chunk) => {
      if (!other.write(chunk)) socket.pause();
    });
    socket.on('drain', () => {
      if (!isPaused && !forgotten.has(other)) other.resume();
    });
    // Either end closing, in whatever way, closes the other.
    socket.on('error', () => other.destroy());
    socket.on('end', () => other.end());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };

  const server = createServer((client) => {
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(targetPort, targetHost);
    track(client, upstream);
    track(upstream, client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port.');

  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: address.port,
    cut,
    pause: () => {
      isPaused = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      isPaused = false;
      for (const socket of sockets) if (!forgotten.has(socket)) socket.resume();
    },
    forget: () => {
      for (const socket of sockets) {
        forgotten.add(socket);
        socket.pause();
      }
    },
    refuse: () => {
      isRefusing = true;
      cut();
    },
    accept: () => {
      isRefusing = false;
    },
    connections: () => sockets.size / 2,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
};
