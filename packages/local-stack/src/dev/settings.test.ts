import { EnvironmentError } from '@convene/common/env';
import { describe, expect, it } from 'vitest';
import { parseDevSettings } from './settings';

describe('parseDevSettings', () => {
  it('starts everything where nothing is given', () => {
    const settings = parseDevSettings({});
    expect(settings.given).toEqual({
      databaseUrl: undefined,
      redisUrl: undefined,
      upstash: undefined,
      resend: undefined,
    });
    expect(settings.appPorts).toEqual({ frontend: 3000, backend: 3001, worker: 3002 });
    expect(settings.stackPorts).toEqual({ mailbox: 3003, upstashRest: 3004, postgres: 5433, redis: 6380 });
  });

  it('takes services that are given, blank ones not', () => {
    const { given } = parseDevSettings({
      DATABASE_URL: 'postgres://db/convene',
      UPSTASH_REDIS_URL: ' ',
      REDIS_HOST: 'cache',
      REDIS_PASSWORD: 'p@ss',
      PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: 'https://eu.upstash.io',
      PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: 'token',
      RESEND_API_KEY: 're_real',
    });
    expect(given).toEqual({
      databaseUrl: 'postgres://db/convene',
      redisUrl: 'redis://:p%40ss@cache:6379',
      upstash: { url: 'https://eu.upstash.io', token: 'token' },
      resend: { apiKey: 're_real' },
    });
  });

  it("takes the mailbox's own key for no account at Resend", () => {
    expect(parseDevSettings({ RESEND_API_KEY: 're_local_mailbox' }).given.resend).toBeUndefined();
  });

  it('tells every port that is none', () => {
    const parse = () => parseDevSettings({ FRONTEND_PORT: 'x', LOCAL_REDIS_PORT: '70000' });
    expect(parse).toThrow(EnvironmentError);
    expect(parse).toThrow(/FRONTEND_PORT[\s\S]*LOCAL_REDIS_PORT/);
  });

  it('moves the data', () => {
    expect(parseDevSettings({ CONVENE_DATA_DIR: '/elsewhere' }).dataDirectory).toBe('/elsewhere');
  });
});
