import { describe, expect, it } from 'vitest';
import { CommandCounter } from './index';

describe('CommandCounter', () => {
  it('counts by name, in whatever case it comes', () => {
    const counter = new CommandCounter('backend');
    counter.count('EVALSHA');
    counter.count('evalsha', 2);
    counter.count('get');
    expect(counter.totals()).toEqual({ evalsha: 3, get: 1 });
    expect(counter.total()).toBe(4);
  });

  it('hands over what is new, and takes it back where it could not be kept', () => {
    const counter = new CommandCounter('worker');
    counter.count('get', 5);
    const taken = counter.take();
    expect(taken).toEqual({ get: 5 });
    expect(counter.take()).toEqual({});
    counter.untake(taken);
    counter.count('get');
    expect(counter.take()).toEqual({ get: 6 });
  });
});
