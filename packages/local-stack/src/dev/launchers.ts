import { commandLineOf, parentOf } from '../processes';

/** pnpm below npx below a shell below npx: more is nobody's. */
const MAX_DEPTH = 8;
const SHELL = /^(\S*\/)?-?(ba|da|z|a|k)?sh(\s|$)/;
const PACKAGE_RUNNER = /(^|[/\s])(npm|npx|pnpm|npm-cli|npx-cli)(\.[cm]?js)?(\s|$)/;

/**
 * The processes between us and what somebody typed: `npx`, pnpm, their shells, tsx. Whoever ends the first of them
 * means us, and not all of them hand a signal on.
 */
export const findLaunchers = async (): Promise<number[]> => {
  const ancestors: number[] = [];
  let topmost = 0;
  let pid = process.ppid;
  while (pid > 1 && ancestors.length < MAX_DEPTH) {
    const commandLine = (await commandLineOf(pid)) ?? '';
    ancestors.push(pid);
    if (!SHELL.test(commandLine) && PACKAGE_RUNNER.test(commandLine)) topmost = ancestors.length;
    pid = (await parentOf(pid)) ?? 0;
  }
  // Above the topmost runner is a terminal's shell or a script, which may well end before us.
  return ancestors.slice(0, topmost);
};
