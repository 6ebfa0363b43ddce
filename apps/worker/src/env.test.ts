import { EnvironmentError } from '@convene/common';
import { expect, test } from 'vitest';
import { parseWorkerEnv } from './env';

const complete = {
  DATABASE_URL: 'postgres://convene@127.0.0.1:5433/convene',
  REDIS_HOST: '127.0.0.1',
  UNSUBSCRIBE_SECRET: 'an-unsubscribe-secret-of-32-characters',
  RESEND_API_KEY: 're_local',
  EMAIL_FROM: 'Convene <hello@convene.example>',
  BACKEND_URL: 'http://127.0.0.1:3001/',
  FRONTEND_URL: 'http://127.0.0.1:3000',
};

const problemsOf = (source: Record<string, string | undefined>): string[] => {
  try {
    parseWorkerEnv(source);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map(({ variable }) => variable);
  }
};

test('defaults fill what is not given', () => {
  expect(parseWorkerEnv(complete)).toMatchObject({
    PORT: 3002,
    REDIS_PORT: 6379,
    RESEND_REQUESTS_PER_SECOND: 2,
    RESEND_BASE_URL: 'https://api.resend.com',
    BACKEND_URL: 'http://127.0.0.1:3001',
  });
});

test('every problem is listed at once', () => {
  expect(problemsOf({ DATABASE_URL: 'mysql://x', REDIS_HOST: 'h' })).toEqual([
    'DATABASE_URL',
    'UNSUBSCRIBE_SECRET',
    'RESEND_API_KEY',
    'EMAIL_FROM',
    'BACKEND_URL',
    'FRONTEND_URL',
  ]);
});

test('Redis must be somewhere', () => {
  expect(problemsOf({ ...complete, REDIS_HOST: undefined })).toEqual(['UPSTASH_REDIS_URL']);
});

test('unless the queues are in Postgres', () => {
  expect(parseWorkerEnv(complete).QUEUE_BACKEND).toBe('redis');
  expect(problemsOf({ ...complete, REDIS_HOST: undefined, QUEUE_BACKEND: 'postgres' })).toEqual([]);
  expect(problemsOf({ ...complete, QUEUE_BACKEND: 'mysql' })).toEqual(['QUEUE_BACKEND']);
});

test('a sender can not bring a header along', () => {
  expect(problemsOf({ ...complete, EMAIL_FROM: 'Convene\r\nBcc: x@y.example <a@b.example>' })).toEqual(['EMAIL_FROM']);
});

test('a production start refuses the example key', () => {
  expect(problemsOf({ ...complete, NODE_ENV: 'production', RESEND_API_KEY: 'change-me' })).toEqual(['RESEND_API_KEY']);
});

test.each(['7:00', '24:00', '07:60', '07:00:00', 'morning'])('the digest is not mailed at %s', (time) => {
  expect(problemsOf({ ...complete, ADMIN_DIGEST_TIME: time })).toEqual(['ADMIN_DIGEST_TIME']);
  expect(parseWorkerEnv(complete).ADMIN_DIGEST_TIME).toBe('07:00');
});
