import { randomUUID } from 'node:crypto';
import { APIError, type CollectionBeforeOperationHook, Forbidden, type PayloadRequest } from 'payload';
import { isStaff } from '../../../../access/isStaff';
import { uploadLimit } from '../../../../endpoints/limits';
import { inspectImage } from '../../inspectImage';

/** Of each person; more than the galleries of a hundred listings hold. */
const MAX_IMAGES = 2_000;

const checkQuota = async (req: PayloadRequest): Promise<void> => {
  const { user } = req;
  if (!user || isStaff(user)) return;
  await uploadLimit(String(user.id));
  const where = { uploadedBy: { equals: user.id } };
  const { totalDocs } = await req.payload.count({
    collection: 'media',
    where,
    // Those in the bin are on the disk still.
    trash: true,
    req,
    overrideAccess: true,
  });
  if (totalDocs >= MAX_IMAGES) throw new APIError('You have uploaded as many images as one account can hold.', 403);
};

/**
 * Takes nothing but still images of a sane size, judged by their bytes, and so many of one person. Payload then makes
 * each anew from its pixels alone: turned as its camera was held, without where and with what it was taken, or whatever
 * else was hidden in the file. The name is ours: a file's own can tell about its person, or be another file's.
 */
export const takeOnlyImages: CollectionBeforeOperationHook<'media'> = async ({ args, operation, req }) => {
  const { file } = req;
  if (operation !== 'create' && operation !== 'update') return args;
  // It may stand in a listing that moderators have seen: another picture, or another part of it, is another image.
  if (operation === 'update' && !args.overrideAccess && !isStaff(req.user)) {
    delete req.query['uploadEdits'];
    if (file) throw new Forbidden(req.t);
  }
  if (!file) return args;
  await checkQuota(req);
  const inspection = await inspectImage(file.data);
  if (!inspection.accepted) throw new APIError(inspection.why, 400, undefined, true);
  req.file = { ...file, name: `${randomUUID()}.webp`, mimetype: inspection.mimeType };
  return args;
};
