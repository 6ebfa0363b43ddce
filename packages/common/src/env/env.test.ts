import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  EnvironmentError,
  envFlag,
  envPort,
  envSecret,
  exampleSecretProblems,
  parseEnv,
  queueEnv,
  queueRedisAddress,
} from './index';

const schema = z.object({
  PORT: envPort(3001).describe('where to listen'),
  SECRET: envSecret().describe('signs'),
  ENABLED: envFlag(true).describe('on or off'),
});

const problemsOf = (source: Record<string, string>) => {
  try {
    parseEnv({ app: 'test', schema, source });
    return null;
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
};

describe('parseEnv', () => {
  it('lists every problem with the variable and what it is for', () => {
    const error = problemsOf({ PORT: 'x', ENABLED: 'maybe' });
    expect(error?.problems.map(({ variable }) => variable).sort()).toEqual(['ENABLED', 'PORT', 'SECRET']);
    expect(error?.message).toContain('SECRET: is not set\n      (signs)');
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    const env = parseEnv({ app: 'test', schema, source: { PORT: ' ', SECRET: 's'.repeat(32), ENABLED: '' } });
    expect(env).toEqual({ PORT: 3001, SECRET: 's'.repeat(32), ENABLED: true });
  });
});

describe('exampleSecretProblems', () => {
  it('stops a production start, and only that', () => {
    const env = { SECRET: 'change-me-payload', OTHER: 'mine' };
    expect(exampleSecretProblems(env, ['SECRET', 'OTHER'], true).map(({ variable }) => variable)).toEqual(['SECRET']);
    expect(exampleSecretProblems(env, ['SECRET', 'OTHER'], false)).toEqual([]);
  });
});

describe('queueRedisAddress', () => {
  it('reads the URL, with TLS for rediss://, before host and port', () => {
    const env = {
      UPSTASH_REDIS_URL: 'rediss://default:p%40ss@eu1.example.com:6380',
      REDIS_HOST: 'other',
      REDIS_PORT: 1,
    };
    expect(queueRedisAddress(env)).toEqual({
      host: 'eu1.example.com',
      port: 6380,
      username: 'default',
      password: 'p@ss',
      tls: true,
    });
    expect(queueRedisAddress({ REDIS_HOST: 'redis', REDIS_PORT: 6379 })).toEqual({
      host: 'redis',
      port: 6379,
      tls: false,
    });
  });

  it.each([
    ['redis://localhost:6379/3', 3],
    ['redis://localhost:6379/0', undefined],
    ['redis://localhost:6379/', undefined],
  ])('reads the database of %s', (UPSTASH_REDIS_URL, db) => {
    expect(queueRedisAddress({ UPSTASH_REDIS_URL, REDIS_PORT: 1 }).db).toBe(db);
  });

  it('refuses a path that names no database', () => {
    const urlSchema = queueEnv.UPSTASH_REDIS_URL;
    expect(urlSchema.safeParse('redis://localhost:6379/queue').error?.issues[0]?.message).toContain('database');
    expect(urlSchema.safeParse('redis://localhost:6379/3').success).toBe(true);
  });
});
