import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/*
 * Where root keeps what an unprivileged server must reach, when the wished place lies below a closed directory, as
 * /root usually is.
 */

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Anybody may make directories in /var/tmp; what somebody else has made there is not ours to run or to fill. */
const assertOurs = async (directory: string): Promise<void> => {
  const { uid } = await stat(directory);
  if (uid !== process.getuid?.()) throw new Error(`${directory} belongs to somebody else; delete it and try again.`);
};

/** The same directory for the same wish, open to everybody's reading. */
const openPlaceFor = (wished: string): string => {
  const id = createHash('sha256').update(wished).digest('hex').slice(0, 12);
  return path.join('/var/tmp', `convene-${id}`);
};

/** A copy of the directory that everybody can enter; made once. */
export const copyToOpenPlace = async (directory: string): Promise<string> => {
  const target = openPlaceFor(directory);
  if (!(await exists(target))) {
    const draft = `${target}.${process.pid}`;
    await cp(directory, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, target).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true });
      // Somebody else was faster with the same copy.
      if (!(await exists(target))) throw error;
    });
  }
  await assertOurs(target);
  return target;
};

/**
 * A directory that stands for `wished`. A note is left beside the wished place, so that whoever deletes the data
 * directory begins anew here too.
 */
export const settleInOpenPlace = async (
  wished: string,
  { beforeRemoval }: { beforeRemoval: (directory: string) => Promise<void> },
): Promise<string> => {
  const place = openPlaceFor(wished);
  const settled = path.join(place, path.basename(wished));
  const note = `${wished}.location`;
  if (!(await exists(note)) && (await exists(place))) {
    await assertOurs(place);
    await beforeRemoval(settled);
    await rm(place, { recursive: true });
  }
  await mkdir(place, { recursive: true });
  await assertOurs(place);
  await chmod(place, 0o755);
  await writeFile(note, `${settled}\n`);
  return settled;
};
