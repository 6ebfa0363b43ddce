import { describe, expect, it } from 'vitest';
import {
  assertServed,
  isBlocking,
  pathCommand,
  RestRequestError,
  replyToJson,
  subscriptionOf,
  toRestCommand,
  withoutLockingFlag,
} from './upstashCommand';

describe('toRestCommand', () => {
  it('takes numbers, booleans and objects as their text', () => {
    expect(toRestCommand(['SET', 'k', 1.5, true, { a: 1 }])).toEqual(['SET', 'k', '1.5', 'true', '{"a":1}']);
  });

  it.each([[{}], ['SET'], [[]], [['']]])('refuses %j', (value) => {
    expect(() => toRestCommand(value)).toThrow(RestRequestError);
  });
});

describe('pathCommand', () => {
  it('reads segments, body and query in this order', () => {
    expect(
      pathCommand({ pathname: '/set/a%2Fb/', query: new URLSearchParams('EX=100&NX&_token=t'), body: 'v' }),
    ).toEqual(['set', 'a/b', '', 'v', 'EX', '100', 'NX']);
  });

  it('refuses a path that is encoded wrongly', () => {
    expect(() => pathCommand({ pathname: '/get/%E0%A4%A', query: new URLSearchParams(), body: undefined })).toThrow(
      RestRequestError,
    );
  });
});

describe('assertServed', () => {
  it.each(['select', 'MULTI', 'Subscribe', 'MONITOR', 'quit', 'BLPOP', 'client', 'WATCH'])(
    'refuses %s, whatever its case',
    (name) => {
      expect(() => assertServed([name])).toThrow(`Command is not available: '${name}'`);
    },
  );

  it('lets others through', () => {
    expect(() => assertServed(['get', 'select'])).not.toThrow();
  });
});

describe('subscriptionOf', () => {
  it('reads channels and patterns, and leaves other paths alone', () => {
    expect(subscriptionOf('/subscribe/a/b%2Fc')).toEqual({ isPattern: false, names: ['a', 'b/c'] });
    expect(subscriptionOf('/PSUBSCRIBE/a*')).toEqual({ isPattern: true, names: ['a*'] });
    expect(subscriptionOf('/get/subscribe')).toBeNull();
  });

  it.each(['/subscribe', '/subscribe/', '/psubscribe/a//b'])('refuses %s', (pathname) => {
    expect(() => subscriptionOf(pathname)).toThrow(RestRequestError);
  });
});

describe('isBlocking', () => {
  it('knows reads of streams that are told to wait', () => {
    expect(isBlocking(['XREAD', 'BLOCK', '0', 'STREAMS', 's', '$'])).toBe(true);
    expect(isBlocking(['XREAD', 'STREAMS', 's', '0'])).toBe(false);
    expect(isBlocking(['LPOP', 'a'])).toBe(false);
  });
});

describe('withoutLockingFlag', () => {
  it('takes the flag and keeps the number of lines', () => {
    expect(withoutLockingFlag('#!lua flags=allow-key-locking\nreturn 1')).toBe('\nreturn 1');
    expect(withoutLockingFlag('#!lua flags=no-writes,allow-key-locking\nreturn 1')).toBe(
      '#!lua flags=no-writes\nreturn 1',
    );
  });

  it('has nothing to do for others', () => {
    expect(withoutLockingFlag('return "allow-key-locking"')).toBeUndefined();
    expect(withoutLockingFlag('#!lua flags=no-writes\nreturn 1')).toBeUndefined();
  });
});

describe('replyToJson', () => {
  const reply = [Buffer.from('é'), 1, null, [Buffer.from([0xff, 0x00]), new Error('ERR no')]];

  it('encodes each string at every depth', () => {
    expect(replyToJson(reply, true)).toEqual(['w6k=', 1, null, ['/wA=', 'RVJSIG5v']]);
  });

  it('leaves them as text where nothing is asked for', () => {
    expect(replyToJson([Buffer.from('é'), 1, null], false)).toEqual(['é', 1, null]);
  });
});
