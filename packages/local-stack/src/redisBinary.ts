import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const execFileAsync = promisify(execFile);
const DOWNLOAD_TIMEOUT_MS = 120_000;

/** How to run a Redis server: the executable and what its libraries need. */
export type RedisBinary = { command: string; env: NodeJS.ProcessEnv; origin: string };

/** Runs `--version`, which also shows whether its libraries are found. */
const works = async ({ command, env }: Pick<RedisBinary, 'command' | 'env'>): Promise<boolean> => {
  try {
    const { stdout } = await execFileAsync(command, ['--version'], { env, timeout: 5_000 });
    return /v=\d/.test(stdout);
  } catch {
    return false;
  }
};

const executableNames = ['redis-server', 'valkey-server'];

const findOnPath = async (): Promise<RedisBinary | undefined> => {
  const env = { ...process.env };
  // Homebrew's folder is not on the PATH of every shell.
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/opt/homebrew/bin', '/usr/local/bin'];
  for (const folder of folders.filter(Boolean)) {
    for (const name of executableNames) {
      const command = path.join(folder, name);
      if (await works({ command, env })) return { command, env, origin: command };
    }
  }
  return undefined;
};

const packagesOf = {
  'redis-server': ['redis-server', 'redis-tools'],
  'valkey-server': ['valkey-server', 'valkey-tools'],
};

const libraryFolders = async (root: string): Promise<string[]> => {
  const folders: string[] = [];
  for (const base of ['usr/lib', 'lib', 'usr/local/lib']) {
    const entries = await readdir(path.join(root, base), { recursive: true }).catch(() => []);
    for (const entry of entries) {
      if (/\.so(\.|$)/.test(entry)) folders.push(path.dirname(path.join(root, base, entry)));
    }
  }
  return [...new Set(folders)];
};

const unpackedBinary = async (root: string): Promise<RedisBinary | undefined> => {
  const folders = await libraryFolders(root);
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [...folders, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
  };
  for (const name of executableNames) {
    const command = path.join(root, 'usr/bin', name);
    if (await works({ command, env })) return { command, env, origin: `the packages of this system, in ${root}` };
  }
  return undefined;
};

/** The libraries that a package asks for and the system has not installed. */
const missingLibraries = async (packageName: string, aptOptions: string[]): Promise<string[]> => {
  const { stdout } = await execFileAsync('apt-cache', [...aptOptions, 'depends', '--important', packageName]);
  const wanted = [...stdout.matchAll(/^ *\|?Depends: (lib[^\s<>]+)$/gm)].flatMap(([, name]) => (name ? [name] : []));
  const missing: string[] = [];
  for (const name of wanted) {
    const { stdout: status } = await execFileAsync('dpkg-query', ['--status', name]).catch(() => ({ stdout: '' }));
    if (!/^Status: .* installed$/m.test(status)) missing.push(name);
  }
  return missing;
};

const downloadAndUnpack = async (packages: string[], aptOptions: string[], draft: string): Promise<void> => {
  const downloads = path.join(draft, 'downloads');
  await mkdir(downloads, { recursive: true });
  await execFileAsync('apt-get', [...aptOptions, 'download', ...packages], {
    cwd: downloads,
    timeout: DOWNLOAD_TIMEOUT_MS,
  });
  for (const file of await readdir(downloads)) {
    if (file.endsWith('.deb')) await execFileAsync('dpkg', ['-x', path.join(downloads, file), draft]);
  }
  await rm(downloads, { recursive: true });
};

/** Package lists of our own: an ordinary user may fetch them, and the system's stay as they are. */
const ownLists = async (toolsDirectory: string): Promise<string[]> => {
  const state = path.join(toolsDirectory, 'apt');
  await mkdir(path.join(state, 'lists/partial'), { recursive: true });
  await mkdir(path.join(state, 'cache/archives/partial'), { recursive: true });
  const options = [
    '-o',
    `Dir::State::lists=${state}/lists`,
    '-o',
    `Dir::Cache=${state}/cache`,
    '-o',
    'Dir::State::status=/var/lib/dpkg/status',
    '-o',
    'APT::Sandbox::User=',
  ];
  await execFileAsync('apt-get', [...options, 'update'], { timeout: DOWNLOAD_TIMEOUT_MS });
  return options;
};

const fetchPackages = async (toolsDirectory: string, aptOptions: string[]): Promise<RedisBinary | undefined> => {
  const target = path.join(toolsDirectory, 'redis');
  for (const packages of Object.values(packagesOf)) {
    const draft = path.join(toolsDirectory, `redis.${process.pid}.${Date.now()}`);
    try {
      const libraries = (await Promise.all(packages.map((name) => missingLibraries(name, aptOptions)))).flat();
      await downloadAndUnpack([...packages, ...new Set(libraries)], aptOptions, draft);
      await chmod(draft, 0o755);
      if (!(await unpackedBinary(draft))) continue;
      // Two starts at once: the second finds the first one's and drops its own.
      await rename(draft, target).catch(() => undefined);
      return await unpackedBinary(target);
    } catch {
      // Not in this release's lists, or no network: the next name may do, and the last sentence tells what to install.
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return undefined;
};

const isDebian = async (): Promise<boolean> => {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const hasApt = await stat('/usr/bin/apt-get').then(
    () => true,
    () => false,
  );
  return hasApt && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
};

const findByApt = async (
  toolsDirectory: string,
  onProgress: (text: string) => void,
): Promise<RedisBinary | undefined> => {
  const present = await unpackedBinary(path.join(toolsDirectory, 'redis'));
  if (present) return present;
  if (!(await isDebian())) return undefined;
  onProgress('Fetching a Redis server from the packages of this system');
  await mkdir(toolsDirectory, { recursive: true });
  const withoutSandbox = ['-o', 'APT::Sandbox::User='];
  const binary = await fetchPackages(toolsDirectory, withoutSandbox);
  if (binary) return binary;
  onProgress('Fetching the lists of packages first');
  const options = await ownLists(toolsDirectory).catch(() => undefined);
  return options ? fetchPackages(toolsDirectory, options) : undefined;
};

const redisMemoryServerSchema = z.object({
  RedisBinary: z.object({ getPath: z.custom<() => Promise<string>>((value) => typeof value === 'function') }),
});

/** Compiles Redis from source; only where somebody has added that package. */
const findByMemoryServer = async (onProgress: (text: string) => void): Promise<RedisBinary | undefined> => {
  const requireHere = createRequire(path.join(process.cwd(), 'package.json'));
  let entry: string;
  try {
    entry = requireHere.resolve('redis-memory-server/lib/util/RedisBinary');
  } catch {
    return undefined;
  }
  onProgress('Compiling Redis by redis-memory-server; this takes some minutes once');
  const module: unknown = await import(pathToFileURL(entry).href);
  const parsed = redisMemoryServerSchema.safeParse(module);
  if (!parsed.success) return undefined;
  const command = await parsed.data.RedisBinary.getPath();
  const env = { ...process.env };
  return (await works({ command, env })) ? { command, env, origin: command } : undefined;
};

export class NoRedisError extends Error {
  override readonly name = 'NoRedisError';

  constructor() {
    const how =
      process.platform === 'darwin'
        ? '`brew install redis`'
        : '`apt-get install redis-server`, `dnf install redis`, `apk add redis` or `pacman -S valkey`';
    super(
      `No Redis server was found and none could be fetched. Install one (${how}), ` +
        'or start one anywhere and set UPSTASH_REDIS_URL=redis://host:port, then run this again.',
    );
  }
}

/**
 * Finds a Redis server to run: on PATH, else from the packages of a Debian or Ubuntu (unpacked below
 * `toolsDirectory`, which needs no root), else by redis-memory-server where that is installed.
 *
 * @throws NoRedisError with what to do
 */
export const findRedisBinary = async ({
  toolsDirectory,
  onProgress = () => undefined,
}: {
  toolsDirectory: string;
  onProgress?: (text: string) => void;
}): Promise<RedisBinary> => {
  const binary =
    (await findOnPath()) ??
    (await findByApt(toolsDirectory, onProgress)) ??
    (await findByMemoryServer(onProgress).catch(() => undefined));
  if (!binary) throw new NoRedisError();
  return binary;
};
