import type { Access, Field, SanitizedCollectionConfig, SanitizedConfig, SanitizedGlobalConfig, Where } from 'payload';
import { fieldAffectsData } from 'payload/shared';
import { findableFile } from '../collections/Media/findableFile';
import { canUseAdmin } from './canUseAdmin';
import { guardGlobalInput, guardInput } from './guardInput';
import { guardSort } from './guardSort';
import { isStaff } from './isStaff';
import { nobody } from './nobody';
import { nobodyField } from './nobodyField';

const moments = new Set(['createdAt', 'updatedAt']);

/**
 * When a row was made and changed is the clock's business: else whoever may change a row may date it too. And what is
 * hidden in answers must not be asked for either: an order by the hash of passwords tells of them.
 */
const guardFields = (fields: Field[]): void => {
  for (const field of fields) {
    if (!fieldAffectsData(field)) continue;
    if (moments.has(field.name)) field.access = { ...field.access, create: nobodyField, update: nobodyField };
    if ('hidden' in field && field.hidden) field.access = { ...field.access, read: nobodyField };
  }
};

const ownLocks: Access = ({ req }) => {
  if (!req.user) return false;
  const own: Where = { 'user.value': { equals: req.user.id } };
  return isStaff(req.user) || own;
};

/**
 * Rules for what Payload adds by itself, which any account could read and write otherwise: who edits which document (a
 * stranger's lock would keep its owner out), and the list of migrations. Locks are made by the admin's server.
 */
const payloadsOwn: Record<string, Partial<Record<'create' | 'read' | 'update' | 'delete', Access>>> = {
  'payload-locked-documents': {
    create: nobody,
    read: ({ req }) => canUseAdmin({ req }),
    update: ownLocks,
    delete: ownLocks,
  },
  'payload-migrations': { create: nobody, read: nobody, update: nobody, delete: nobody },
};

/** Where Payload answers with what was uploaded. */
const FILE_PATH = '/file/:filename';

/**
 * What a collection or global does not have is not found, rather than not implemented, or a fault of ours: versions of
 * what keeps none.
 */
const openEndpoints = ({ endpoints, versions }: SanitizedCollectionConfig | SanitizedGlobalConfig) =>
  (endpoints || []).filter(({ path }) => versions || !path.startsWith('/versions'));

/** A bucket says itself what it does not have. */
const withFindableFiles = ({
  endpoints,
  upload: { staticDir, disableLocalStorage },
}: SanitizedCollectionConfig): SanitizedCollectionConfig['endpoints'] =>
  (endpoints || []).map((each) =>
    staticDir && !disableLocalStorage && each.path === FILE_PATH ? findableFile(each, staticDir) : each,
  );

/** Puts our rules on the parts of the configuration that Payload has made. */
export const guardConfig = (config: SanitizedConfig): SanitizedConfig => {
  for (const collection of config.collections) {
    guardFields(collection.fields);
    collection.endpoints = openEndpoints(collection);
    collection.endpoints = withFindableFiles(collection);
    collection.hooks.beforeOperation = [guardInput, guardSort, ...(collection.hooks.beforeOperation ?? [])];
    Object.assign(collection.access, payloadsOwn[collection.slug]);
  }
  for (const global of config.globals) {
    guardFields(global.fields);
    global.endpoints = openEndpoints(global);
    global.hooks.beforeOperation = [guardGlobalInput, ...(global.hooks.beforeOperation ?? [])];
  }
  return config;
};
