import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaultProxy, createTestContext, type FaultProxy, type TestContext } from '../src/testing';

describe('createFaultProxy', () => {
  let context: TestContext;
  let proxy: FaultProxy;
  beforeAll(async () => {
    context = await createTestContext({ template: 'empty' });
    proxy = await createFaultProxy({ targetPort: Number(new URL(context.redisUrl).port) });
  });
  afterAll(async () => {
    await proxy.stop();
    await context.dispose();
  });

  const connect = (): Redis => {
    const redis = new Redis({
      host: '127.0.0.1',
      port: proxy.port,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
    });
    redis.on('error', () => undefined);
    return redis;
  };

  it('carries what passes', async () => {
    const redis = connect();
    const big = 'x'.repeat(3_000_000);
    await redis.set('big', big);
    expect(await redis.get('big')).toBe(big);
    redis.disconnect();
    await expect.poll(() => proxy.connections()).toBe(0);
  });

  it('cuts what is connected and lets others in', async () => {
    const redis = connect();
    await redis.ping();
    const ended = new Promise((resolve) => redis.once('end', resolve));
    proxy.cut();
    await ended;
    const next = connect();
    expect(await next.ping()).toBe('PONG');
    next.disconnect();
  });

  it('holds everything back until it is resumed', async () => {
    const redis = connect();
    await redis.ping();
    proxy.pause();
    let isAnswered = false;
    const answer = redis.incr('held').finally(() => {
      isAnswered = true;
    });
    // The server itself still answers, and has not seen the command.
    const direct = new Redis(context.redisUrl);
    expect(await direct.get('held')).toBeNull();
    expect(isAnswered).toBe(false);
    proxy.resume();
    expect(await answer).toBe(1);
    redis.disconnect();
    direct.disconnect();
  });

  it('forgets what is connected without a word, and serves others', async () => {
    const redis = connect();
    await redis.ping();
    proxy.forget();
    const answer = redis.incr('forgotten');
    answer.catch(() => undefined); // ends with the connection
    const next = connect();
    expect(await next.get('forgotten')).toBeNull();
    proxy.resume();
    expect(await next.get('forgotten')).toBeNull();
    expect(redis.status).toBe('ready');
    next.disconnect();
    redis.disconnect();
  });

  it('refuses until it accepts', async () => {
    proxy.refuse();
    await expect(connect().ping()).rejects.toThrow();
    proxy.accept();
    const redis = connect();
    expect(await redis.ping()).toBe('PONG');
    redis.disconnect();
  });
});
