import { APIError, type CollectionAfterChangeHook, type CollectionAfterDeleteHook, type UploadConfig } from 'payload';
import type { Media } from '../../../payload-types';
import { logger } from '../../../utils/logger';
import type { Bucket } from './bucket';

type Handler = NonNullable<UploadConfig['handlers']>[number];
type ModifyHeaders = NonNullable<UploadConfig['modifyResponseHeaders']>;

/** Under such names files are kept; what else is in the bucket is not ours to show. */
const FILE_NAME = /^[\w-][\w.-]*$/;

/** The file itself, and the sizes that were made of it. */
const namesOf = (doc: Media): string[] =>
  [doc, ...Object.values(doc.sizes ?? {})].flatMap((file) => (file?.filename ? [file.filename] : []));

const failed = (error: unknown, what: string): Error => {
  logger.error({ err: error }, what);
  return new APIError<Record<string, unknown> | null>(
    'Images can’t be kept or shown just now. Please try again.',
    503,
    undefined,
    true,
  );
};

/** Keeps what was uploaded in the bucket before the transaction ends, and lets go of what it replaces. */
export const keepInBucket =
  (bucket: Bucket): CollectionAfterChangeHook<Media> =>
  async ({ doc, previousDoc, operation, req }) => {
    if (!req.file || !doc.filename) return doc;
    const type = doc.mimeType ?? req.file.mimetype;
    const files = [
      { name: doc.filename, bytes: req.file.data, type },
      ...Object.entries(doc.sizes ?? {}).flatMap(([size, file]) => {
        const bytes = req.payloadUploadSizes?.[size];
        return file?.filename && bytes ? [{ name: file.filename, bytes, type: file.mimeType ?? type }] : [];
      }),
    ];
    const before = operation === 'update' ? namesOf(previousDoc) : [];
    try {
      await Promise.all(files.map(bucket.put));
    } catch (error) {
      // As if it had never been sent, as far as it can be reached.
      const made = files.flatMap(({ name }) => (before.includes(name) ? [] : [name]));
      await Promise.allSettled(made.map(bucket.remove));
      throw failed(error, 'an upload could not be kept in the bucket');
    }
    await removeAll(
      bucket,
      before.filter((name) => !namesOf(doc).includes(name)),
    );
    return doc;
  };

export const removeFromBucket =
  (bucket: Bucket): CollectionAfterDeleteHook<Media> =>
  async ({ doc }) => {
    await removeAll(bucket, namesOf(doc));
    return doc;
  };

/** A file that nothing names any more may stay behind: better than an image that can't be deleted. */
const removeAll = async (bucket: Bucket, names: string[]): Promise<void> => {
  for (const outcome of await Promise.allSettled(names.map(bucket.remove))) {
    if (outcome.status === 'rejected') logger.error({ err: outcome.reason, names }, 'a file was left in the bucket');
  }
};

/** Answers as for a file on the disk; who may see it has been asked before. */
export const serveFromBucket =
  (bucket: Bucket, modifyHeaders: ModifyHeaders): Handler =>
  async (req, { params: { filename } }) => {
    const missing = () => new Response(null, { status: 404 });
    if (!FILE_NAME.test(filename)) return missing();
    const file = await bucket
      .get(filename, { ifNoneMatch: req.headers.get('if-none-match') })
      .catch((error: unknown) => Promise.reject(failed(error, 'a file could not be read from the bucket')));
    if (file === null) return missing();
    if (file === 'unchanged') return new Response(null, { status: 304 });
    const headers = new Headers({ 'Content-Type': file.type });
    if (file.length !== null) headers.set('Content-Length', String(file.length));
    if (file.etag) headers.set('ETag', file.etag);
    return new Response(file.body, { headers: modifyHeaders({ headers }) || headers });
  };
