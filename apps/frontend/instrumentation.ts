/** Runs once per server, before its first request. */
export const register = async (): Promise<void> => {
  // biome-ignore lint/style/noProcessEnv: the compiler leaves Node's code out of its edge bundle only where it sees this
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    try {
      const { startProcess } = await import('./lib/startProcess');
      startProcess();
    } catch (error) {
      // Next would go on and answer every request with 500. A wrong environment lists its problems and ends here.
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    }
  }
};
