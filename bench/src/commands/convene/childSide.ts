import { z } from 'zod';

/** A child's end of the talk with the bench. */
export const talk = (counts: () => Record<string, Record<string, number>>) => {
  // The bench has ended, in whatever way.
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    if (message === 'counts') process.send?.({ type: 'counts', counts: counts() });
  });
  return { ready: () => process.send?.({ type: 'ready' }) };
};

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** A function of a module of an app: apps' own type settings don't hold here, so it is looked at when it is loaded. */
export const appFunction = <T>() => z.custom<T>(isFunction, 'is no function');

/** The module of that path below `apps/`. */
export const importApp = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
  schema.parse({ ...(await import(new URL(`../../../../apps/${path}`, import.meta.url).href)) });
