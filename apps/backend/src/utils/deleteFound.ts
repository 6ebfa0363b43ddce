import type { DatabaseAdapterObj, TypeWithID } from 'payload';

/**
 * The database adapter, with what is to be deleted found first and deleted by its id. Payload's own way names a table
 * that it has not joined, wherever a condition on a relation finds nothing: somebody's preference that isn't there.
 */
export const deleteFound = <Adapter extends DatabaseAdapterObj>(object: Adapter): Adapter => ({
  ...object,
  init: (args: Parameters<Adapter['init']>[0]) => {
    const adapter = object.init(args);
    const deleteOne = adapter.deleteOne.bind(adapter);
    adapter.deleteOne = async (given) => {
      const { collection, where, req } = given;
      const found = await adapter.findOne<TypeWithID>({ collection, where, ...(req ? { req } : {}) });
      return found ? deleteOne({ ...given, where: { id: { equals: found.id } } }) : null;
    };
    return adapter;
  },
});
