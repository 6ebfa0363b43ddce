import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';

/*
 * A shell that waits for our end. It reads orders from a pipe; when the pipe closes without a farewell we were killed,
 * and it ends what we had started: groups at once, then servers, newest first. Zombies, which some containers never
 * reap, count as gone. So a kill -9 leaves neither servers nor busy ports.
 *
 *   watch <signal> <target>   end <target> (a pid, or -pid for a group) by <signal> if we die
 *   forget <target>           it has ended
 *   remove <directory>        delete it if we die
 *   bye                       all is in order
 */
const SCRIPT = `
trap '' INT TERM HUP
watched=''
directory=''
while IFS= read -r order; do
  case "$order" in
    bye) exit 0 ;;
    'remove '*) directory="\${order#remove }" ;;
    'watch '*) set -- $order; watched="$2:$3 $watched" ;;
    'forget '*)
      target="\${order#forget }"
      kept=''
      for entry in $watched; do
        [ "\${entry#*:}" = "$target" ] || kept="$kept $entry"
      done
      watched="$kept"
      ;;
  esac
done
is_there() {
  kill -s 0 -- "$1" 2>/dev/null || return 1
  case "$1" in -*) return 0 ;; esac
  ! grep -q ') Z ' "/proc/$1/stat" 2>/dev/null
}
for entry in $watched; do
  case "$entry" in *:-*) kill -s "\${entry%%:*}" -- "\${entry#*:}" 2>/dev/null ;; esac
done
for entry in $watched; do
  target="\${entry#*:}"
  case "$target" in -*) ;; *) kill -s "\${entry%%:*}" -- "$target" 2>/dev/null ;; esac
  tries=0
  while [ $tries -lt 50 ] && is_there "$target"; do
    sleep 0.1
    tries=$((tries + 1))
  done
  is_there "$target" && kill -s KILL -- "$target" 2>/dev/null
done
[ -z "$directory" ] || rm -rf -- "$directory"
`;

export type Guard = {
  /** Ends the process, or with `isGroup` its whole group, if we die without {@link Guard.release}. */
  watch: (entry: { pid: number; signal: 'SIGTERM' | 'SIGINT'; isGroup?: boolean }) => void;
  forget: (entry: { pid: number; isGroup?: boolean }) => void;
  /** Deletes a directory below the system's temporary one if we die. */
  removeDirectory: (directory: string) => void;
  /** All was stopped in order: the guard goes home. */
  release: () => void;
};

const targetOf = ({ pid, isGroup = false }: { pid: number; isGroup?: boolean }): string =>
  isGroup ? `-${pid}` : String(pid);

/** Starts a {@link Guard}. It costs one sleeping shell. */
export const startGuard = (): Guard => {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Whoever killed the guard gave up its protection; the work itself goes on.
  shell.stdin.on('error', () => undefined);
  shell.on('error', () => undefined);
  shell.unref();
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();

  const order = (line: string) => {
    if (shell.stdin.writable) shell.stdin.write(`${line}\n`);
  };
  return {
    watch: (entry) => order(`watch ${entry.signal.slice(3)} ${targetOf(entry)}`),
    forget: (entry) => order(`forget ${targetOf(entry)}`),
    removeDirectory: (directory) => {
      const relative = path.relative(tmpdir(), directory);
      if (relative.startsWith('..') || relative === '' || directory.includes('\n')) {
        throw new Error(`${directory} is no temporary directory`);
      }
      order(`remove ${directory}`);
    },
    release: () => {
      order('bye');
      shell.stdin.end();
    },
  };
};
