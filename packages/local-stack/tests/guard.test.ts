import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startGuard } from '../src/guard';
import { isRunning } from '../src/processes';

/** A process that starts others under a guard, says their pids, and waits to be killed. */
const parent = `
  import { spawn } from 'node:child_process';
  import { startGuard } from '${path.resolve(import.meta.dirname, '../src/guard.ts')}';
  const [, directory] = process.argv;
  const guard = startGuard();
  guard.removeDirectory(directory + '/inner');
  // Writes what it was ended by.
  const gentle = spawn('/bin/sh', ['-c', 'trap "echo INT > ' + directory + '/ended; exit" INT; while :; do sleep 0.05; done'], { detached: true, stdio: 'ignore' });
  const deaf = spawn('/bin/sh', ['-c', 'trap "" TERM; (sleep 60) & wait'], { detached: true, stdio: 'ignore' });
  const forgotten = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  guard.watch({ pid: gentle.pid, signal: 'SIGINT' });
  guard.watch({ pid: deaf.pid, signal: 'SIGTERM', isGroup: true });
  guard.watch({ pid: forgotten.pid, signal: 'SIGTERM' });
  guard.forget({ pid: forgotten.pid });
  console.log(JSON.stringify([gentle.pid, deaf.pid, forgotten.pid]));
  setInterval(() => undefined, 1000);
`;

describe('a guard whose process is killed', () => {
  it('ends what it watches by the right signal, kills what does not listen, and leaves alone what it was told to', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'convene-guard-'));
    const inner = path.join(directory, 'inner');
    await mkdir(inner);
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', parent, directory],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [gentle = 0, deaf = 0, forgotten = 0] = await new Promise<number[]>((resolve) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString())));
    });
    child.kill('SIGKILL');
    await expect.poll(() => isRunning(gentle), { timeout: 15_000 }).toBe(false);
    expect(await readFile(path.join(directory, 'ended'), 'utf8')).toBe('INT\n');
    await expect.poll(() => isRunning(deaf), { timeout: 15_000 }).toBe(false);
    await expect.poll(() => existsSync(inner), { timeout: 15_000 }).toBe(false);
    expect(await isRunning(forgotten)).toBe(true);
    process.kill(forgotten, 'SIGKILL');
    await rm(directory, { recursive: true });
  }, 40_000);

  it('deletes nothing outside of the temporary directory', () => {
    const guard = startGuard();
    expect(() => guard.removeDirectory('/')).toThrow();
    expect(() => guard.removeDirectory(path.join(tmpdir(), '..', 'etc'))).toThrow();
    expect(() => guard.removeDirectory(tmpdir())).toThrow();
    guard.release();
  });
});
