import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { appDirectories } from '../packageScript';
import { defaultDataDirectory } from '../paths';

const execFileAsync = promisify(execFile);

/*
 * Making a cluster and running all migrations takes many seconds, copying the result a fraction of one. So the first
 * run leaves a copy behind, named after the migrations' content: other migrations, other copy.
 */

const migrationsDirectory = path.join(appDirectories.backend, 'src/migrations');

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const cacheDirectory = async (): Promise<string> => {
  const hash = createHash('sha256').update(process.arch);
  const files = await readdir(migrationsDirectory).catch(() => []);
  for (const file of files.filter((name) => name.endsWith('.ts')).toSorted()) {
    hash.update(file).update(await readFile(path.join(migrationsDirectory, file)));
  }
  const lockfile = await readFile(path.join(appDirectories.backend, 'package.json'));
  hash.update(lockfile);
  return path.join(defaultDataDirectory(), 'test-clusters', hash.digest('hex').slice(0, 16));
};

/** With owner and modes, which Postgres is strict about. */
const copy = (from: string, to: string) => execFileAsync('cp', ['-a', from, to]);

/** Puts a migrated cluster into `directory`, if an earlier run has left one. */
export const restoreCluster = async (directory: string): Promise<boolean> => {
  const cached = await cacheDirectory();
  if (!(await exists(cached))) return false;
  try {
    await copy(cached, directory);
    return true;
  } catch {
    // Of another user, or deleted meanwhile: without it the run is slower, nothing else.
    await rm(directory, { recursive: true, force: true });
    return false;
  }
};

/** Keeps a stopped cluster for later runs, and drops those of earlier migrations. */
export const keepCluster = async (directory: string): Promise<void> => {
  const cached = await cacheDirectory();
  if (await exists(cached)) return;
  const parent = path.dirname(cached);
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o755);
  const draft = `${cached}.${process.pid}`;
  try {
    await copy(directory, draft);
    await rename(draft, cached);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  for (const name of await readdir(parent)) {
    if (name !== path.basename(cached) && !name.includes('.')) {
      await rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
};
