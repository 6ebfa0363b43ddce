import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** An unprivileged user that a server runs as when we are root. */
export type ServiceUser = { uid: number; gid: number };

const USER_NAME = 'postgres';

const idsOf = async (name: string): Promise<ServiceUser | undefined> => {
  try {
    const [{ stdout: uid }, { stdout: gid }] = await Promise.all([
      execFileAsync('id', ['-u', name]),
      execFileAsync('id', ['-g', name]),
    ]);
    return { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
};

const createUser = async (name: string): Promise<void> => {
  try {
    await execFileAsync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      name,
    ]);
  } catch (cause) {
    // BusyBox, as on Alpine, has another command.
    await execFileAsync('adduser', ['-S', '-D', '-H', name]).catch(() => {
      throw new Error(
        `Postgres does not run as root, and no user "${name}" could be made for it. Make one, or run as an ordinary user.`,
        { cause },
      );
    });
  }
};

/** The user `postgres`, made if the system has none. Only root may ask. */
export const findServiceUser = async (): Promise<ServiceUser> => {
  const present = await idsOf(USER_NAME);
  if (present) return present;
  await createUser(USER_NAME);
  const made = await idsOf(USER_NAME);
  if (!made) throw new Error(`The user "${USER_NAME}" was made and yet is not there.`);
  return made;
};

/** Whether the user can enter the directory, or run the file, through all the directories above it. */
export const canAccess = async ({ file, user }: { file: string; user: ServiceUser }): Promise<boolean> => {
  try {
    await execFileAsync('test', ['-x', file], { uid: user.uid, gid: user.gid, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};
