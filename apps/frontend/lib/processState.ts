const store = globalThis as typeof globalThis & { __conveneFrontend?: Map<string, unknown> };

/**
 * One value per process and name. Next may load a module once for its routes and once for instrumentation, so what
 * must exist once (the collector, a cache, a client) can't be a module's variable.
 */
export const processState = <T>(name: string, create: () => T): T => {
  store.__conveneFrontend ??= new Map();
  if (!store.__conveneFrontend.has(name)) store.__conveneFrontend.set(name, create());
  return store.__conveneFrontend.get(name) as T;
};
