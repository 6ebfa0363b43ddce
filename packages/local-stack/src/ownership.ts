import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { commandLineOf, isAlive, waitUntil } from './processes';

/** How long a process that was just killed may take to be gone. */
const DYING_MS = 3_000;

const ownerSchema = z.object({ pid: z.number(), commandLine: z.string() });

/** The data directory is in use by a stack that runs. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';

  constructor(directory: string, pid: number) {
    super(
      `A stack already runs on ${directory} (process ${pid}). Stop that one first, ` +
        'or start a second one beside it with a CONVENE_DATA_DIR and ports of its own.',
    );
  }
}

const ownerFile = (directory: string): string => path.join(directory, 'owner.json');

const readOwner = async (file: string): Promise<z.infer<typeof ownerSchema> | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    // Cut short by a crash: whoever wrote it is gone.
    return undefined;
  }
};

const isOwnerAlive = async (owner: z.infer<typeof ownerSchema>): Promise<boolean> =>
  owner.pid !== process.pid && isAlive(owner.pid) && (await commandLineOf(owner.pid)) === owner.commandLine;

/** Whether the last stack on this directory was killed rather than stopped: its guard may still be tidying up. */
export const wasKilled = async (directory: string): Promise<boolean> => {
  const owner = await readOwner(ownerFile(directory));
  return owner !== undefined && !(await isOwnerAlive(owner));
};

/**
 * Makes the directory ours until the returned function is called. A process that was killed owns nothing.
 *
 * @throws DataDirectoryInUse
 */
export const takeOwnership = async (directory: string): Promise<() => Promise<void>> => {
  const file = ownerFile(directory);
  await mkdir(directory, { recursive: true });
  const owner = await readOwner(file);
  if (owner && !(await waitUntil(async () => !(await isOwnerAlive(owner)), DYING_MS))) {
    throw new DataDirectoryInUse(directory, owner.pid);
  }
  const commandLine = (await commandLineOf(process.pid)) ?? '';
  await writeFile(file, JSON.stringify({ pid: process.pid, commandLine }));
  return () => rm(file, { force: true });
};
