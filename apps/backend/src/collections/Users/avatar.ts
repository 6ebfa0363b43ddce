import { randomUUID } from 'node:crypto';
import { ConveneError } from '@convene/common/errors';
import type { PayloadRequest } from 'payload';
import sharp from 'sharp';
import type { User } from '../../payload-types';
import { inTransaction } from '../../utils/inTransaction';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

/** Shown at 112 pixels at most, also on screens that are three times as fine. */
const SIZE = 320;
/** What a telephone's camera makes; a small file that claims to be larger is not unpacked. */
const MOST_PIXELS = 60_000_000;

const formats = new Set(['jpeg', 'png', 'webp', 'heif', 'gif']);

const notAnImage = (cause?: unknown) =>
  new ConveneError('invalid-input', 'That is not an image that can be used.', { reason: 'not-an-image', cause });

/**
 * A square of what the picture shows, encoded anew: nothing of the file that came is kept, neither where it was taken nor
 * what else was hidden in it.
 *
 * @throws ConveneError invalid-input
 */
export const squareOf = async (upload: Buffer): Promise<Buffer> => {
  try {
    const image = sharp(upload, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 });
    const { format } = await image.metadata();
    if (!format || !formats.has(format)) throw notAnImage();
    return await image
      .rotate()
      .resize(SIZE, SIZE, { fit: 'cover', position: 'attention' })
      .flatten({ background: '#ffffff' })
      .webp({ quality: 82 })
      .toBuffer();
  } catch (error) {
    throw error instanceof ConveneError ? error : notAnImage(error);
  }
};

/** Gives the account this picture in the place of the one it has; null takes it away. Files that nobody names any more go. */
export const setAvatar = async (
  req: PayloadRequest,
  { user, upload }: { user: User; upload: Buffer | null },
): Promise<void> => {
  const square = upload ? await squareOf(upload) : null;
  const before = await inTransaction(req, async () => {
    const sql = await sqlOfRequest(req);
    const { rows } = await sql.query<{ avatarId: number | null }>(
      'SELECT avatar_id AS "avatarId" FROM users WHERE id = $1 FOR NO KEY UPDATE',
      [user.id],
    );
    const media = square ? await keep(req, { square }) : null;
    await sql.query('UPDATE users SET avatar_id = $2, updated_at = now() WHERE id = $1', [user.id, media]);
    return rows[0]?.avatarId ?? null;
  });
  await removePicture(req, before);
};

const keep = async (req: PayloadRequest, { square }: { square: Buffer }): Promise<number> => {
  const { id } = await req.payload.create({
    collection: 'media',
    // No name in it: the picture may outlive the name.
    data: { alt: 'A profile picture' },
    file: {
      data: square,
      mimetype: 'image/webp',
      name: `avatar-${randomUUID()}.webp`,
      size: square.byteLength,
    },
    req,
    overrideAccess: true,
    depth: 0,
  });
  return id;
};

/** With its files. */
export const removePicture = async (req: PayloadRequest, mediaId: number | null): Promise<void> => {
  if (mediaId === null) return;
  await req.payload.delete({
    collection: 'media',
    where: { id: { equals: mediaId } },
    trash: true,
    req,
    overrideAccess: true,
  });
};
