import { spawn } from 'node:child_process';
import { freePort, repositoryRoot, waitUntilReady } from '../lib/servers';

type StartBackend = import('../../../apps/backend/tests/faults/backends').StartBackend;

/** The backend as it is deployed; a flush is asked for as an external cron does. */
export const startProduction: StartBackend = async (env) => {
  const port = await freePort();
  const child = spawn(process.execPath, ['server.js'], {
    cwd: `${repositoryRoot}apps/backend/.next/standalone/apps/backend`,
    // Not ours: what this process runs with says nothing about the app.
    env: { PATH: process.env['PATH'], ...env, NODE_ENV: 'production', PORT: String(port), HOSTNAME: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilReady(`${origin}/api/health`, child, () => complaints);
  return {
    child,
    origin,
    flushUrl: `${origin}/api/jobs/flush`,
    flushHeaders: { authorization: `Bearer ${env['JOBS_SECRET']}` },
  };
};
