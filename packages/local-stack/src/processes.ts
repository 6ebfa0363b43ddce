import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);
const POLL_MS = 25;

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** State, parent, group … of a process, as Linux shows them. */
const statFieldsOf = async (pid: string): Promise<string[]> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** A zombie answers to signals and yet holds nothing: it only waits for its parent to look. */
const isZombie = async (pid: number): Promise<boolean> => (await statFieldsOf(String(pid)))[0] === 'Z';

/** Whether the process lives and is no zombie. */
export const isRunning = async (pid: number): Promise<boolean> => isAlive(pid) && !(await isZombie(pid));

/** The command line of a process, or undefined if there is none (any more). */
export const commandLineOf = async (pid: number): Promise<string | undefined> => {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (fromProc !== undefined) return fromProc.replaceAll('\0', ' ').trim() || undefined;
  if (process.platform === 'linux') return undefined;
  const { stdout } = await execFileAsync('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({ stdout: '' }));
  return stdout.trim() || undefined;
};

/** The pid of a process' parent, or undefined if there is no such process. */
export const parentOf = async (pid: number): Promise<number | undefined> => {
  const [, fromProc] = await statFieldsOf(String(pid));
  if (fromProc) return Number(fromProc);
  if (process.platform === 'linux') return undefined;
  const { stdout } = await execFileAsync('ps', ['-p', String(pid), '-o', 'ppid=']).catch(() => ({ stdout: '' }));
  return Number(stdout.trim()) || undefined;
};

/** Polls until `condition` holds. */
export const waitUntil = async (
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  pollMs = POLL_MS,
): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await delay(pollMs);
  }
  return true;
};

const sendSignal = (target: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(target, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
    throw error;
  }
};

/** Ends a process by `signal`, and by SIGKILL if it is still there after `graceMs`. */
export const stopProcess = async ({
  pid,
  signal,
  graceMs = 10_000,
}: {
  pid: number;
  signal: NodeJS.Signals;
  graceMs?: number;
}): Promise<void> => {
  sendSignal(pid, signal);
  if (await waitUntil(async () => !(await isRunning(pid)), graceMs)) return;
  sendSignal(pid, 'SIGKILL');
  await waitUntil(async () => !(await isRunning(pid)), 5_000);
};

const isGroupRunning = async (leader: number): Promise<boolean> => {
  if (!isAlive(-leader)) return false;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return true;
  const members = await Promise.all(pids.map(statFieldsOf));
  // In a container whose first process reaps nobody, zombies would keep the group for ever.
  return members.some(([state, , group]) => group === String(leader) && state !== 'Z');
};

/** Ends a whole process group, leader and all. */
export const stopGroup = async ({ leader, graceMs }: { leader: number; graceMs: number }): Promise<void> => {
  sendSignal(-leader, 'SIGTERM');
  if (await waitUntil(async () => !(await isGroupRunning(leader)), graceMs, 50)) return;
  killGroup(leader);
  await waitUntil(async () => !(await isGroupRunning(leader)), 5_000, 50);
};

export const killGroup = (leader: number): void => sendSignal(-leader, 'SIGKILL');

export type ServerProcess = { pid: number; hasEnded: () => boolean; logFile: string };

/**
 * Starts a server in a session of its own, so that a Ctrl-C on the terminal reaches us alone and we decide in which
 * order things stop. Its output goes to a file: a pipe would break with us, and take the server down in mid-write.
 */
export const spawnServer = async ({
  command,
  args,
  logFile,
  env,
  cwd,
  user,
}: {
  command: string;
  args: string[];
  logFile: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number } | undefined;
}): Promise<ServerProcess> => {
  await mkdir(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', log, log],
      ...(env ? { env } : {}),
      ...(cwd ? { cwd } : {}),
      ...(user ?? {}),
    });
    const pid = await spawned(child);
    child.unref();
    return { pid, hasEnded: () => child.exitCode !== null || child.signalCode !== null, logFile };
  } finally {
    closeSync(log);
  }
};

/** The child's pid once it runs. @throws what spawn reports, such as ENOENT */
export const spawned = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => (child.pid === undefined ? reject(new Error('no pid')) : resolve(child.pid)));
  });

/** The last lines of a log, for an error message. */
export const tailOf = async (logFile: string, lines = 12): Promise<string> => {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
};
