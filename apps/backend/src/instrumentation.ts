/** Next calls it once, before the first request. */
export const register = async (): Promise<void> => {
  // biome-ignore lint/style/noProcessEnv: Next drops this branch from the edge build only where it reads so
  if (process.env['NEXT_RUNTIME'] === 'nodejs') {
    const { startProcess } = await import('./process');
    startProcess();
  }
};
