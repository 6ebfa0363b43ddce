import { EnvironmentError } from '@convene/common/env';
import { describe, expect, it } from 'vitest';
import { parseFrontendEnv } from './env';

const good = {
  NODE_ENV: 'production',
  BACKEND_URL: 'https://api.convene.example/',
  FRONTEND_URL: 'https://convene.example',
  SERVICE_TOKEN: 'x'.repeat(32),
  SESSION_SECRET: 'y'.repeat(32),
};

const problemsOf = (source: Record<string, string>): string[] => {
  try {
    parseFrontendEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
};

describe("the frontend's environment", () => {
  it('needs no Redis, and sends Secure cookies where the site has https', () => {
    expect(parseFrontendEnv(good)).toMatchObject({
      PORT: 3000,
      backendOrigin: 'https://api.convene.example',
      cookiesAreSecure: true,
      isProduction: true,
    });
    expect(parseFrontendEnv({ ...good, FRONTEND_URL: 'http://localhost:3000' }).cookiesAreSecure).toBe(false);
  });

  it('reaches the backend by its private address where there is one', () => {
    const parsed = parseFrontendEnv({ ...good, BACKEND_INTERNAL_URL: 'http://backend:3001' });
    expect(parsed).toMatchObject({ backendOrigin: 'http://backend:3001', BACKEND_URL: 'https://api.convene.example' });
  });

  it('lists every problem at once', () => {
    expect(problemsOf({})).toEqual(['BACKEND_URL', 'FRONTEND_URL', 'SERVICE_TOKEN', 'SESSION_SECRET']);
    expect(problemsOf({ ...good, SESSION_SECRET: 'short', PORT: '99999' }).sort()).toEqual(['PORT', 'SESSION_SECRET']);
  });

  it('refuses half a Redis, and example secrets in production', () => {
    expect(problemsOf({ ...good, NEXT_PRIVATE_UPSTASH_REDIS_REST_URL: 'https://x.upstash.io' })).toEqual([
      'NEXT_PRIVATE_UPSTASH_REDIS_REST_TOKEN',
    ]);
    expect(problemsOf({ ...good, SESSION_SECRET: 'change-me-change-me-change-me-change-me' })).toEqual([
      'SESSION_SECRET',
    ]);
  });
});
