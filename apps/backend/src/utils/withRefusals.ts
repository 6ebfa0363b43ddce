import type { DatabaseAdapterObj } from 'payload';
import { asRefusal } from './databaseRefusals';

const reading = [
  'find',
  'findOne',
  'findDistinct',
  'findGlobal',
  'findVersions',
  'findGlobalVersions',
  'queryDrafts',
  'count',
  'countVersions',
  'countGlobalVersions',
] as const;

const writing = [
  'create',
  'updateOne',
  'updateMany',
  'upsert',
  'deleteOne',
  'deleteMany',
  'createVersion',
  'updateVersion',
  'createGlobal',
  'updateGlobal',
  'createGlobalVersion',
] as const;

/**
 * The database adapter, with what Postgres refuses worded for people in one place: whoever asks or saves, the admin, an
 * endpoint or code, by one document or many.
 */
export const withRefusals = <Adapter extends DatabaseAdapterObj>(object: Adapter): Adapter => ({
  ...object,
  init: (args: Parameters<Adapter['init']>[0]) => {
    const adapter = object.init(args);
    for (const name of [...reading, ...writing]) {
      const method: unknown = Reflect.get(adapter, name);
      if (typeof method !== 'function') continue;
      Reflect.set(adapter, name, async function worded(this: unknown, ...given: unknown[]) {
        try {
          return await method.apply(this, given);
        } catch (error) {
          throw asRefusal(error);
        }
      });
    }
    return adapter;
  },
});
