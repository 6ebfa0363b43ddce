import {
  APIError,
  type CollectionBeforeOperationHook,
  type GlobalBeforeOperationHook,
  NotFound,
  type SanitizedCollectionConfig,
} from 'payload';
import { z } from 'zod';

/** What Postgres has as `integer`. */
const rowId = z.coerce.number().int().min(-2_147_483_648).max(2_147_483_647);

const hasNumbers = ({ flattenedFields }: SanitizedCollectionConfig): boolean =>
  flattenedFields.every((field) => field.name !== 'id' || field.type === 'number');

const given = (args: object, name: string): unknown => Reflect.get(args, name) ?? undefined;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Says of an id that can't be one that there is nothing by it, and refuses a body that is no object: Payload checks
 * neither, and its queries and everybody's hooks count on both. No body at all is an empty one.
 */
export const guardInput: CollectionBeforeOperationHook = ({ args, collection, operation, req }) => {
  const ids = [given(args, 'id'), given(args, 'duplicateFromID')].filter((id) => id !== undefined);
  if (hasNumbers(collection) && !ids.every((id) => rowId.safeParse(id).success)) throw new NotFound(req.t);
  if (operation !== 'create' && operation !== 'update') return args;
  const data: unknown = Reflect.get(args, 'data');
  if (data === undefined) return { ...args, data: {} };
  if (!isObject(data)) throw new APIError('The body must be an object.', 400);
  return args;
};

/** A global is changed by an object too, and by nothing else. */
export const guardGlobalInput: GlobalBeforeOperationHook = ({ args, operation }) => {
  if (operation === 'update' && !isObject(Reflect.get(args, 'data'))) {
    throw new APIError('The body must be an object.', 400);
  }
  return args;
};
