import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { commandLineOf } from './processes';

/** A port that something else listens on. The message names the variable that moves us elsewhere. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;
  readonly variable: string;

  constructor({ port, variable, what, holder }: { port: number; variable: string; what: string; holder?: string }) {
    super(
      `Port ${port}, meant for ${what}, is taken${holder ? ` by ${holder}` : ''}. ` +
        `Stop what uses it, or choose another one: ${variable}=${port + 100}`,
    );
    this.port = port;
    this.variable = variable;
  }
}

const canListen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      // A machine without IPv6 has nothing that could hold the port there.
      else if (error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL') resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** Whether a server could listen on the port, on IPv4 and on IPv6. */
export const isPortFree = async (port: number): Promise<boolean> =>
  (await canListen(port, '127.0.0.1')) && (await canListen(port, '::'));

/** A port that was free a moment ago. */
export const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('the socket has no port')),
      );
    });
  });

const LISTEN_STATE = '0A';

const listeningInodes = async (port: number): Promise<Set<string>> => {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTEN_STATE && local?.endsWith(`:${hexPort}`) && inode) inodes.add(inode);
    }
  }
  return inodes;
};

const holdsOneOf = async (pid: string, inodes: Set<string>): Promise<boolean> => {
  // Processes of other users, and those that end meanwhile, can't be read.
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode && inodes.has(inode)) return true;
  }
  return false;
};

const MAX_SHOWN_CHARACTERS = 60;

/** The program's name and the end of what it was told, which says most about it. */
const shortCommandLine = (commandLine: string): string => {
  const [program = '', ...args] = commandLine.split(' ');
  const rest = args.join(' ');
  const shown = rest.length > MAX_SHOWN_CHARACTERS ? `… ${rest.slice(-MAX_SHOWN_CHARACTERS)}` : rest;
  return `${path.basename(program)} ${shown}`.trim();
};

/** Who listens on the port, as far as Linux tells us: `process 123 (redis-server *:6379)`. */
export const findPortHolder = async (port: number): Promise<string | undefined> => {
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return undefined;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holdsOneOf(pid, inodes))) continue;
    const commandLine = await commandLineOf(Number(pid));
    return `process ${pid}${commandLine ? ` (${shortCommandLine(commandLine)})` : ''}`;
  }
  return undefined;
};

/** @throws PortTakenError if something listens on the port; port 0 is always fine */
export const assertPortFree = async ({
  port,
  variable,
  what,
}: {
  port: number;
  variable: string;
  what: string;
}): Promise<void> => {
  if (port === 0 || (await isPortFree(port))) return;
  const holder = await findPortHolder(port);
  throw new PortTakenError({ port, variable, what, ...(holder ? { holder } : {}) });
};
