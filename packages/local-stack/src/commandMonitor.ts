import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { Redis } from 'ioredis';

/** A command as MONITOR shows it. */
export type MonitoredCommand = {
  /** Address and port of the connection; `lua` for a call made inside a script. */
  address: string;
  /** In small letters; a subcommand is an argument. */
  command: string;
  /** The first arguments, cut off where they are long. */
  args: string[];
};

/** How often a source sent a command itself, and how often its scripts called it. */
export type TallyRow = { source: string; command: string; client: number; insideScripts: number };

/** Of a line only its beginning is kept: a script's text and its thousands of keys tell nothing here. */
const HEAD_LENGTH = 512;
const INSIDE_SCRIPTS = 'lua';
const MARKER_PREFIX = 'command-monitor-';

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b' };

const unescaped = (text: string): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/**
 * Reads the beginning of a line of MONITOR, `1700000000.123456 [0 127.0.0.1:4711] "set" "key" "value"`. The last
 * argument may have been cut off. Null for anything else, such as the OK that it begins with.
 */
export const parseMonitorLine = (line: string): MonitoredCommand | null => {
  const open = line.indexOf(' [');
  const close = line.indexOf('] "', open);
  if (open < 0 || close < 0) return null;
  const origin = line.slice(open + 2, close);
  const address = origin.slice(origin.indexOf(' ') + 1);
  const [command, ...args] = Array.from(line.slice(close + 2).matchAll(/"((?:[^"\\]|\\.)*)(?:"|$)/g), ([, text = '']) =>
    unescaped(text),
  );
  return command === undefined ? null : { address, command: command.toLowerCase(), args };
};

/** Cuts a stream into lines and hands on the beginning of each, whatever pieces it comes in. */
export const lineHeads = (onHead: (head: string) => void): ((chunk: Buffer) => void) => {
  let head = '';
  const keep = (chunk: Buffer, from: number, to: number) => {
    if (head.length < HEAD_LENGTH)
      head += chunk.toString('latin1', from, Math.min(to, from + HEAD_LENGTH - head.length));
  };
  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      keep(chunk, from, end);
      onHead(head);
      head = '';
      from = end + 1;
    }
    keep(chunk, from, chunk.length);
  };
};

type Counts = { client: number; insideScripts: number };

/** What one connection sent; after `identify` a new one begins for the same address. */
class Connection {
  readonly commands = new Map<string, Counts>();
  source: string;

  constructor(source: string) {
    this.source = source;
  }

  count(command: string, where: keyof Counts): void {
    const counts = this.commands.get(command) ?? { client: 0, insideScripts: 0 };
    counts[where] += 1;
    this.commands.set(command, counts);
  }
}

const nameGivenBy = ({ command, args }: MonitoredCommand): string | undefined => {
  if (command === 'client' && args[0]?.toLowerCase() === 'setname') return args[1];
  if (command !== 'hello') return undefined;
  const at = args.findIndex((arg) => arg.toLowerCase() === 'setname');
  return at < 0 ? undefined : args[at + 1];
};

/** Adds up what is monitored, by the connection that it comes from. */
class Tally {
  readonly #connections: Connection[] = [];
  readonly #byAddress = new Map<string, Connection>();
  readonly #ignored = new Set<string>();
  #lastCaller: Connection | undefined;

  add(line: MonitoredCommand): void {
    if (line.address === INSIDE_SCRIPTS) {
      // Redis runs one script at a time: what it calls follows its own line.
      this.#lastCaller?.count(line.command, 'insideScripts');
      return;
    }
    if (this.#ignored.has(line.address)) {
      this.#lastCaller = undefined;
      return;
    }
    const connection = this.#byAddress.get(line.address) ?? this.#begin(line.address, line.address);
    connection.source = nameGivenBy(line) ?? connection.source;
    connection.count(line.command, 'client');
    this.#lastCaller = connection;
  }

  ignore(address: string): void {
    this.#ignored.add(address);
  }

  /** Everything from that address is from now on counted under `source`. */
  identify(address: string, source: string): void {
    this.#begin(address, source);
  }

  rows(): TallyRow[] {
    const rows = new Map<string, TallyRow>();
    for (const { source, commands } of this.#connections) {
      for (const [command, counts] of commands) {
        const key = `${source}\n${command}`;
        const row = rows.get(key) ?? { source, command, client: 0, insideScripts: 0 };
        row.client += counts.client;
        row.insideScripts += counts.insideScripts;
        rows.set(key, row);
      }
    }
    return [...rows.values()];
  }

  #begin(address: string, source: string): Connection {
    const connection = new Connection(source);
    this.#connections.push(connection);
    this.#byAddress.set(address, connection);
    return connection;
  }
}

export type CommandMonitor = {
  /**
   * Everything that the server has run since the monitor was started, up to now. A connection's source is what
   * {@link CommandMonitor.identify} called it, else the name it gave itself (CLIENT SETNAME), else its address.
   */
  tally: () => Promise<TallyRow[]>;
  /**
   * Finds out which connection a client uses, by letting it send ECHO, and counts all that this connection sends from
   * now on under `source`. For clients whose connection has no name, such as one behind a REST endpoint.
   */
  identify: (source: string, echo: (message: string) => Promise<unknown>) => Promise<void>;
  /** A connection whose commands are not counted: to prepare data, and to look at it. */
  uncounted: Redis;
  stop: () => Promise<void>;
};

/** Sends MONITOR on a connection of its own; whoever needs to see all must wait until the server has said OK to it. */
const openMonitor = async (redisUrl: string): Promise<{ socket: Socket; acknowledgements: number }> => {
  const url = new URL(redisUrl);
  const socket = connect({ host: url.hostname, port: Number(url.port || 6379) });
  const password = decodeURIComponent(url.password);
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  if (password) {
    const user = decodeURIComponent(url.username) || 'default';
    const parts = ['AUTH', user, password].map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
    socket.write(`*3\r\n${parts.join('')}`);
  }
  socket.write('*1\r\n$7\r\nMONITOR\r\n');
  return { socket, acknowledgements: password ? 2 : 1 };
};

/**
 * Counts what reaches a Redis server, by MONITOR: what clients send, and apart from it what scripts call. It reads the
 * stream as it comes and keeps sums alone, so hundreds of thousands of commands are no burden. AUTH and commands of
 * administration (CONFIG, CLIENT LIST ...) are not shown by MONITOR and not counted.
 *
 * @param options.onCommand is told of each command in the server's order
 */
export const startCommandMonitor = async ({
  redisUrl,
  onCommand,
}: {
  redisUrl: string;
  onCommand?: (command: MonitoredCommand) => void;
}): Promise<CommandMonitor> => {
  const uncounted = new Redis(redisUrl, { protocol: 2, lazyConnect: true, connectionName: 'command-monitor' });
  // Whoever waits for an answer is told; without a listener it would be printed as well.
  uncounted.on('error', () => undefined);
  await uncounted.connect();
  const tally = new Tally();
  const waiting = new Map<string, { seen: (address: string) => void; failed: (error: Error) => void }>();
  let own: string | undefined;
  let broken: Error | undefined;
  let acknowledged = 0;
  let onListening: () => void = () => undefined;
  let onRefused: (error: Error) => void = () => undefined;
  const listening = new Promise<void>((resolve, reject) => {
    onListening = resolve;
    onRefused = reject;
  });

  const onLine = (head: string): void => {
    if (head.startsWith('-')) {
      fail(new Error(`MONITOR was refused: ${head.slice(1).trim()}`));
      return;
    }
    const line = parseMonitorLine(head);
    if (!line) {
      acknowledged += 1;
      if (acknowledged === acknowledgements) onListening();
      return;
    }
    const marker = line.command === 'echo' ? line.args[0] : undefined;
    if (marker?.startsWith(MARKER_PREFIX)) {
      waiting.get(marker)?.seen(line.address);
      waiting.delete(marker);
      return;
    }
    tally.add(line);
    if (line.address !== own) onCommand?.(line);
  };

  const fail = (error: Error): void => {
    broken ??= error;
    onRefused(error);
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };

  const { socket, acknowledgements } = await openMonitor(redisUrl);
  socket.on('data', lineHeads(onLine));
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('Redis closed the connection of MONITOR')));

  /** Resolves when the marker has come by, and with it all that was run before it; tells who sent it. */
  const mark = async (echo: (message: string) => Promise<unknown>): Promise<string> => {
    if (broken) throw broken;
    const marker = `${MARKER_PREFIX}${randomUUID()}`;
    const seen = new Promise<string>((resolve, reject) => {
      waiting.set(marker, { seen: resolve, failed: reject });
    });
    const [address] = await Promise.all([seen, echo(marker)]);
    return address;
  };

  // The marker comes by another connection, which the server may well read first.
  await listening;
  own = await mark((marker) => uncounted.echo(marker));
  tally.ignore(own);

  return {
    uncounted,
    tally: async () => {
      await mark((marker) => uncounted.echo(marker));
      return tally.rows();
    },
    identify: async (source, echo) => tally.identify(await mark(echo), source),
    stop: async () => {
      socket.removeAllListeners('close');
      socket.destroy();
      await uncounted.quit();
    },
  };
};

/**
 * What reaches the server while `work` runs, in order: commands that clients send, and apart from them the calls made
 * inside scripts.
 */
export const monitored = async (
  redisUrl: string,
  work: () => Promise<unknown>,
): Promise<{ client: string[]; insideScripts: string[] }> => {
  const seen = { client: [] as string[], insideScripts: [] as string[] };
  let isWatching = false;
  const monitor = await startCommandMonitor({
    redisUrl,
    onCommand: ({ address, command }) => {
      if (isWatching) seen[address === INSIDE_SCRIPTS ? 'insideScripts' : 'client'].push(command);
    },
  });
  try {
    isWatching = true;
    await work();
    await monitor.tally();
    return seen;
  } finally {
    await monitor.stop();
  }
};
