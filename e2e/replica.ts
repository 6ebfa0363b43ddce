import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createFaultProxy, type FaultProxy, findFreePort } from '@convene/local-stack';
import { eventually, siteEnv } from './stack';

export type Replica = {
  url: string;
  /** Between this process and the backend. */
  backend: FaultProxy;
  /** Between this process and Upstash. */
  redis: FaultProxy;
  stop: () => Promise<void>;
};

const directory = path.resolve(import.meta.dirname, '../apps/frontend/.next/standalone/apps/frontend');

const proxyTo = (address: string): Promise<FaultProxy> => {
  const { hostname, port } = new URL(address);
  return createFaultProxy({ targetHost: hostname, targetPort: Number(port) });
};

/** One more process of the site beside the stack's own, whose ways to the backend and to Redis can be closed. */
export const startReplica = async (): Promise<Replica> => {
  const backend = await proxyTo(siteEnv['BACKEND_URL'] ?? '');
  const redis = await proxyTo(siteEnv['NEXT_PRIVATE_UPSTASH_REDIS_REST_URL'] ?? '');
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['server.js'], {
    cwd: directory,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      ...siteEnv,
      PORT: String(port),
      FRONTEND_URL: url,
      BACKEND_INTERNAL_URL: `http://127.0.0.1:${backend.port}`,
      NEXT_PRIVATE_UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${redis.port}`,
    },
  });
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    }
    await Promise.all([backend.stop(), redis.stop()]);
  };
  try {
    await eventually('a second process of the site', async () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      return fetch(`${url}/health`).then(
        (answer) => answer.ok || null,
        () => null,
      );
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, backend, redis, stop };
};
