import { APIError, type CollectionBeforeOperationHook, type SanitizedCollectionConfig } from 'payload';
import { z } from 'zod';

const argsSchema = z.object({
  overrideAccess: z.boolean().optional(),
  sort: z.union([z.string(), z.array(z.string())]).optional(),
});

/** Is it a field of the row itself that answers show? Versions have theirs below `version`. */
const mayOrderBy = (collection: SanitizedCollectionConfig, path: string): boolean => {
  const segments = path.replace(/^-/, '').split(/\.|__/);
  const [name, ...rest] = segments[0] === 'version' ? segments.slice(1) : segments;
  const field = collection.flattenedFields.find((each) => each.name === name);
  if (!field) return true;
  const leadsAway = field.type === 'relationship' || field.type === 'upload' || field.type === 'join';
  return !('hidden' in field && field.hidden) && !(leadsAway && rest.length > 0);
};

/**
 * Refuses an order by what a relation leads to, or by what answers hide: Payload checks neither, and the order of
 * listings by their owners' hashes would tell of these.
 */
export const guardSort: CollectionBeforeOperationHook = ({ args, collection }) => {
  const { overrideAccess, sort = [] } = argsSchema.catch({}).parse(args);
  if (overrideAccess) return args;
  const paths = [sort].flat().flatMap((each) => each.split(','));
  if (!paths.every((path) => mayOrderBy(collection, path))) throw new APIError('There is no such order.', 400);
  return args;
};
