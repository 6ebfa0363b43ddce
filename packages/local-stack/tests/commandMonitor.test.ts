import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandMonitor,
  lineHeads,
  monitored,
  parseMonitorLine,
  startCommandMonitor,
} from '../src/commandMonitor';
import { createTestContext, type TestContext } from '../src/testing';

describe('parseMonitorLine', () => {
  it('reads who sent what', () => {
    expect(parseMonitorLine('+1339518083.107412 [0 127.0.0.1:60866] "SET" "a \\"b\\"" "\\x00\\n\\\\"\r')).toEqual({
      address: '127.0.0.1:60866',
      command: 'set',
      args: ['a "b"', '\0\n\\'],
    });
    expect(parseMonitorLine('+1.1 [15 lua] "incr" "] \\"x"')).toMatchObject({ address: 'lua', args: ['] "x'] });
    expect(parseMonitorLine('+1.1 [0 [::1]:6379] "ping"')).toMatchObject({ address: '[::1]:6379', command: 'ping' });
    expect(parseMonitorLine('+1.1 [0 unix:/tmp/r.sock] "ping"')).toMatchObject({ address: 'unix:/tmp/r.sock' });
  });

  it('takes a line that was cut off, and nothing that is no command', () => {
    expect(parseMonitorLine('+1.1 [0 127.0.0.1:1] "eval" "return redis.ca')).toMatchObject({ command: 'eval' });
    expect(parseMonitorLine('+OK\r')).toBeNull();
    expect(parseMonitorLine('')).toBeNull();
  });
});

describe('lineHeads', () => {
  it('finds the same lines in whatever pieces they come', () => {
    const text = `+OK\r\n${'x'.repeat(2_000)}\r\nshort\r\nrest`;
    for (const size of [1, 3, 7, 600, 5_000]) {
      const heads: string[] = [];
      const push = lineHeads((head) => heads.push(head));
      for (let at = 0; at < text.length; at += size) push(Buffer.from(text.slice(at, at + size)));
      expect(heads).toEqual(['+OK\r', 'x'.repeat(512), 'short\r']);
    }
  });
});

describe('a command monitor', () => {
  let context: TestContext;
  let monitor: CommandMonitor;
  const clients: Redis[] = [];

  beforeAll(async () => {
    context = await createTestContext({ template: 'empty' });
  });
  afterAll(async () => {
    await context?.dispose();
  });
  beforeEach(async () => {
    monitor = await startCommandMonitor({ redisUrl: context.redisUrl });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await monitor?.stop();
  });

  const connectAs = async (connectionName?: string): Promise<Redis> => {
    const client = new Redis(context.redisUrl, {
      lazyConnect: true,
      ...(connectionName === undefined ? {} : { connectionName }),
    });
    clients.push(client);
    await client.connect();
    return client;
  };

  const countOf = async (source: string, command: string) => {
    const row = (await monitor.tally()).find((each) => each.source === source && each.command === command);
    return row && { client: row.client, insideScripts: row.insideScripts };
  };

  it('tells what clients send from what their scripts call, by the names of the connections', async () => {
    const [ana, bob] = [await connectAs('ana'), await connectAs('bob')];
    const script = 'for i = 1, tonumber(ARGV[1]) do redis.call("INCR", KEYS[1]) end';
    await Promise.all([ana.eval(script, 1, 'counter', 3), bob.eval(script, 1, 'counter', 2), ana.incr('counter')]);
    expect(await countOf('ana', 'eval')).toEqual({ client: 1, insideScripts: 0 });
    expect(await countOf('ana', 'incr')).toEqual({ client: 1, insideScripts: 3 });
    expect(await countOf('bob', 'incr')).toEqual({ client: 0, insideScripts: 2 });
  });

  it('has seen everything when it answers, 100,000 commands and long lines too', async () => {
    const ana = await connectAs('ana');
    for (let round = 0; round < 10; round += 1) {
      const pipeline = ana.pipeline();
      for (let at = 0; at < 10_000; at += 1) pipeline.set(`key:${at}`, at);
      pipeline.set('long', `"[0 lua] \\${'\n'.repeat(100_000)}`);
      await pipeline.exec();
    }
    expect(await countOf('ana', 'set')).toEqual({ client: 100_010, insideScripts: 0 });
  }, 60_000);

  it('counts a blocking call once, and a transaction as what it sends', async () => {
    const [ana, bob] = [await connectAs('ana'), await connectAs('bob')];
    const popped = ana.bzpopmin('marker', 10);
    await bob.multi().zadd('marker', 1, 'a').exec();
    expect(await popped).toEqual(['marker', 'a', '1']);
    expect(await countOf('ana', 'bzpopmin')).toEqual({ client: 1, insideScripts: 0 });
    const bobs = await Promise.all(['multi', 'zadd', 'exec'].map((command) => countOf('bob', command)));
    expect(bobs.map((counts) => counts?.client)).toEqual([1, 1, 1]);
  });

  it('finds the connection of a client that has no name, and does not count its own commands', async () => {
    const nameless = await connectAs();
    await nameless.set('before', 1);
    await monitor.identify('rest', (message) => nameless.echo(message));
    await nameless.set('after', 1);
    await monitor.uncounted.eval('return redis.call("SET", "mine", 1)', 0);
    expect(await countOf('rest', 'set')).toEqual({ client: 1, insideScripts: 0 });
    const rows = await monitor.tally();
    expect(rows.filter(({ command }) => command === 'echo' || command === 'eval')).toEqual([]);
    expect(rows.reduce((sum, { insideScripts }) => sum + insideScripts, 0)).toBe(0);
  });

  it('lists what a piece of work sends, in order', async () => {
    const ana = await connectAs();
    await ana.set('before', 1);
    const seen = await monitored(context.redisUrl, async () => {
      await ana.eval('redis.call("SET", KEYS[1], 1) return redis.call("GET", KEYS[1])', 1, 'key');
      await ana.del('key');
    });
    expect(seen).toEqual({ client: ['eval', 'del'], insideScripts: ['set', 'get'] });
  });

  it('fails rather than answer by half when its connection is lost', async () => {
    const clientList = String(await monitor.uncounted.call('CLIENT', 'LIST'));
    const ids = Array.from(clientList.matchAll(/^id=(\d+) .* flags=\w*O/gm), ([, id = '']) => id);
    expect(ids).not.toEqual([]);
    for (const id of ids) await monitor.uncounted.call('CLIENT', 'KILL', 'ID', id);
    await expect(monitor.tally()).rejects.toThrow('closed the connection of MONITOR');
  });
});
