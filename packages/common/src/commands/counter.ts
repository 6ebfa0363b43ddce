/** How often a part of an app sent a command. */
export type CommandCount = { source: string; command: string; count: number };

/**
 * Counts the commands that a Redis client sends, as Upstash bills them: a pipeline of n counts n, a script one,
 * a blocking call one. Nothing is sent to Redis to know it.
 */
export class CommandCounter {
  readonly app: string;
  readonly source: string;
  readonly #counts = new Map<string, CommandCount>();
  readonly #taken = new Map<string, number>();

  /**
   * @param app who sends, as it is shown in the budget: `backend`, `worker`, `frontend`
   * @param source what for, where a command does not say it itself: `counters`, `queue`, `cache`
   */
  constructor(app: string, source: string = app) {
    this.app = app;
    this.source = source;
  }

  count(command: string, { times = 1, source = this.source }: { times?: number; source?: string } = {}): void {
    const name = command.toLowerCase();
    const key = `${source}\n${name}`;
    const known = this.#counts.get(key);
    if (known) known.count += times;
    else this.#counts.set(key, { source, command: name, count: times });
  }

  /** Commands by source and name since the process began. */
  counts(): CommandCount[] {
    return [...this.#counts.values()].map((count) => ({ ...count }));
  }

  /** Commands by name since the process began. */
  totals(): Record<string, number> {
    const byName = new Map<string, number>();
    for (const { command, count } of this.#counts.values()) byName.set(command, (byName.get(command) ?? 0) + count);
    return Object.fromEntries([...byName].sort(([a], [b]) => a.localeCompare(b)));
  }

  total(): number {
    return [...this.#counts.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** What was counted since the last call of this method. */
  take(): CommandCount[] {
    return [...this.#counts].flatMap(([key, { source, command, count }]) => {
      const fresh = count - (this.#taken.get(key) ?? 0);
      this.#taken.set(key, count);
      return fresh > 0 ? [{ source, command, count: fresh }] : [];
    });
  }
}

/** Sent while a connection is made; every other command waits until it is ready, or is refused. */
const handshakeCommands = new Set(['auth', 'client', 'hello', 'info', 'select']);

/** What of a connection of ioredis is used. */
type Sender<Command extends { name: string }, Rest extends unknown[], Reply> = {
  readonly status: string;
  sendCommand: (command: Command, ...rest: Rest) => Reply;
};

/**
 * Counts each command when a connection writes it, one that is written again after a reconnect too: as the server, and
 * Upstash's bill, count it.
 */
export const countSentCommands = <Command extends { name: string }, Rest extends unknown[], Reply>(
  sender: Sender<Command, Rest, Reply>,
  { counter, source }: { counter: CommandCounter; source?: string },
): void => {
  const send = sender.sendCommand.bind(sender);
  sender.sendCommand = (command, ...rest) => {
    const isWritten =
      sender.status === 'ready' || (sender.status === 'connect' && handshakeCommands.has(command.name.toLowerCase()));
    const reply = send(command, ...rest);
    // Named only now: a script that the server may not know yet turns from EVALSHA into EVAL while it is written.
    if (isWritten) counter.count(command.name, source === undefined ? {} : { source });
    return reply;
  };
};
