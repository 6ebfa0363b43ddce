const store = globalThis as typeof globalThis & { __convene?: Map<string, unknown> };

/**
 * One value per process and name. Next may load a module once for its routes and once for instrumentation, so what
 * must exist once (a pool, a queue's connection, the commit buffer) can't be a module's variable.
 */
export const processState = <T>(name: string, create: () => T): T => {
  store.__convene ??= new Map();
  if (!store.__convene.has(name)) store.__convene.set(name, create());
  return store.__convene.get(name) as T;
};
