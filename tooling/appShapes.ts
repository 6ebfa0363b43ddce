import type { AppShapes } from './envExample';

/** The apps' schemas. Loading them parses the environment, so it must be complete by then. */
export const loadAppShapes = async (): Promise<AppShapes> => {
  const [backend, worker, frontend] = await Promise.all([
    import('../apps/backend/src/env'),
    import('../apps/worker/src/env'),
    import('../apps/frontend/env'),
  ]);
  return {
    backend: backend.backendEnvSchema.shape,
    worker: worker.workerEnvSchema.shape,
    frontend: frontend.frontendEnvSchema.shape,
  };
};
