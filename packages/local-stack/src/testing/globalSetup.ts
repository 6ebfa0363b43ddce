import { announceTestStack, startTestStack } from './testStack';

/** Runs once for all projects, before the first test, when it is named in the root's vitest config. */
const setup = async (): Promise<() => Promise<void>> => {
  const stack = await startTestStack();
  announceTestStack(stack);
  return async () => {
    announceTestStack(undefined);
    await stack.stop();
  };
};

// Vitest takes it as the module's default.
export default setup;
