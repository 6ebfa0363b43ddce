import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './paths';

const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** The apps by name, with the folder each lies in. */
export const appDirectories = {
  backend: path.join(repositoryRoot, 'apps/backend'),
  worker: path.join(repositoryRoot, 'apps/worker'),
  frontend: path.join(repositoryRoot, 'apps/frontend'),
} as const;
export type AppName = keyof typeof appDirectories;

/** PATH as pnpm sets it for a script: the package's own tools first, among them the pinned Node. */
const scriptPath = (directory: string): string =>
  [
    path.join(directory, 'node_modules/.bin'),
    path.join(repositoryRoot, 'node_modules/.bin'),
    process.env['PATH'] ?? '',
  ].join(path.delimiter);

/**
 * Starts a script of an app's package.json in a process group of its own. What pnpm would do, without a pnpm process
 * in between that has signals of its own.
 */
export const startPackageScript = async ({
  app,
  script,
  env,
}: {
  app: AppName;
  script: string;
  /** Added to our own environment. */
  env: Record<string, string>;
}): Promise<ChildProcess> => {
  const directory = appDirectories[app];
  const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(directory, 'package.json'), 'utf8')));
  const command = manifest.scripts[script];
  if (command === undefined) throw new Error(`${path.join(directory, 'package.json')} has no script "${script}".`);
  return spawn('/bin/sh', ['-c', command], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, PATH: scriptPath(directory) },
  });
};
