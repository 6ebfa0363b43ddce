import { describe, expect, it } from 'vitest';
import { CommandCounter, countSentCommands, type UsageReport, UsageReporter, usageReportSchema } from './index';

describe('CommandCounter', () => {
  it('counts by name, in whatever case it comes, over all sources', () => {
    const counter = new CommandCounter('backend', 'counters');
    counter.count('EVALSHA');
    counter.count('evalsha', { times: 2, source: 'flush' });
    counter.count('get');
    expect(counter.totals()).toEqual({ evalsha: 3, get: 1 });
    expect(counter.total()).toBe(4);
    expect(counter.counts()).toEqual([
      { source: 'counters', command: 'evalsha', count: 1 },
      { source: 'flush', command: 'evalsha', count: 2 },
      { source: 'counters', command: 'get', count: 1 },
    ]);
  });

  it('hands over what is new, once', () => {
    const counter = new CommandCounter('worker');
    counter.count('get', { times: 5 });
    expect(counter.take()).toEqual([{ source: 'worker', command: 'get', count: 5 }]);
    expect(counter.take()).toEqual([]);
    counter.count('get');
    expect(counter.take()).toEqual([{ source: 'worker', command: 'get', count: 1 }]);
  });
});

describe('countSentCommands', () => {
  it('counts what is written, under the name that it is written with', () => {
    const connection = {
      status: 'connecting',
      sendCommand: (command: { name: string }) => {
        if (command.name === 'evalsha') command.name = 'eval';
        return Promise.resolve(command.name);
      },
    };
    const counter = new CommandCounter('worker', 'queue');
    countSentCommands(connection, { counter, source: 'waiting' });
    void connection.sendCommand({ name: 'get' });
    connection.status = 'connect';
    void connection.sendCommand({ name: 'INFO' });
    void connection.sendCommand({ name: 'get' });
    connection.status = 'ready';
    void connection.sendCommand({ name: 'evalsha' });
    expect(counter.counts()).toEqual([
      { source: 'waiting', command: 'info', count: 1 },
      { source: 'waiting', command: 'eval', count: 1 },
    ]);
  });
});

describe('UsageReporter', () => {
  const setUp = (start = '2025-01-15T12:02:00.000Z') => {
    const counter = new CommandCounter('backend', 'record');
    const sent: UsageReport[] = [];
    const errors: unknown[] = [];
    const state = { now: new Date(start), isAway: false, ids: 0 };
    let timer: { ms: number; callback: () => void } | null = null;
    const reporter = new UsageReporter({
      counters: () => [counter],
      send: (report) => {
        sent.push(structuredClone(report));
        return state.isAway ? Promise.reject(new Error('away')) : Promise.resolve();
      },
      onError: (error) => errors.push(error),
      now: () => state.now,
      after: (ms, callback) => {
        timer = { ms, callback };
        return () => {
          timer = null;
        };
      },
      newReportId: () => {
        state.ids += 1;
        return `00000000-0000-4000-8000-00000000000${state.ids}`;
      },
    });
    const tick = async () => {
      if (!timer) throw new Error('no timer is set');
      const { ms, callback } = timer;
      state.now = new Date(state.now.getTime() + ms);
      callback();
      // Waits for the run that the timer began, and counts nothing itself.
      await reporter.report();
      return ms;
    };
    return { counter, sent, errors, state, reporter, tick, hasTimer: () => timer !== null };
  };
  const entry = (day: string, count: number, command = 'evalsha') => ({ day, source: 'record', command, count });

  it('reports at every fifth minute what is new, and nothing where there is nothing', async () => {
    const { counter, sent, reporter, tick } = setUp();
    reporter.start();
    counter.count('evalsha', { times: 3 });
    expect(await tick()).toBe(3 * 60_000);
    expect(sent.map(({ entries }) => entries)).toEqual([[entry('2025-01-15', 3)]]);
    expect(usageReportSchema.safeParse(sent[0]).success).toBe(true);
    expect(await tick()).toBe(5 * 60_000);
    expect(sent).toHaveLength(1);
  });

  it('counts what was sent before midnight for that day', async () => {
    const { counter, sent, reporter, tick } = setUp('2025-01-15T23:58:00.000Z');
    reporter.start();
    counter.count('evalsha');
    await tick();
    counter.count('evalsha', { times: 2 });
    await tick();
    expect(sent.flatMap(({ entries }) => entries)).toEqual([entry('2025-01-15', 1), entry('2025-01-16', 2)]);
  });

  it('sends again, unchanged and under its id, what may have arrived; then what has come since', async () => {
    const { counter, sent, errors, state, reporter } = setUp();
    counter.count('evalsha', { times: 3 });
    state.isAway = true;
    await reporter.report();
    counter.count('evalsha', { times: 4 });
    await reporter.report();
    state.isAway = false;
    counter.count('get');
    await reporter.report();
    expect(errors).toHaveLength(1);
    const [first, second, third, fourth] = sent;
    expect([second, third]).toEqual([first, first]);
    expect(fourth?.reportId).not.toBe(first?.reportId);
    expect(fourth?.entries).toEqual([entry('2025-01-15', 4), entry('2025-01-15', 1, 'get')]);
    expect(sent).toHaveLength(4);
  });

  it('reports the rest at its end, and no more after it', async () => {
    const { counter, sent, reporter, hasTimer } = setUp();
    reporter.start();
    counter.count('evalsha');
    await reporter.stop();
    expect(sent).toHaveLength(1);
    expect(hasTimer()).toBe(false);
    reporter.start();
    expect(hasTimer()).toBe(false);
  });

  it('splits what is too much for one report', async () => {
    const { counter, sent, reporter } = setUp();
    for (let index = 0; index < 501; index += 1) counter.count(`command${index}`);
    await reporter.report();
    expect(sent.map(({ entries }) => entries.length)).toEqual([500, 1]);
  });
});
