import { randomUUID } from 'node:crypto';
import { MAX_UPLOAD_BYTES, uploadAnswerSchema, uploadTypes } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { listingRoleByKind } from '@convene/common/listings';
import { isStaff } from '../../access/isStaff';
import { pictureOf } from '../../collections/Listings/own/contentOf';
import { UNDESCRIBED } from '../../collections/Listings/pictureTexts';
import { jsonAnswer, type RouteHandler } from '../http';
import { uploadLimit } from '../limits';
import { signedIn } from '../signedIn';

/** The lines of a multipart form around its file. */
const FORM_BYTES = 4_096;

const tooLarge = (): ConveneError =>
  new ConveneError('body-too-large', `A picture has at most ${MAX_UPLOAD_BYTES / 1_000_000} MB.`);

/**
 * POST /api/account/media: a picture for a listing of one's own, described when the listing is saved. Payload makes its
 * sizes, and looks whether it is the picture that it says it is.
 */
export const uploadPicture: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, uploadLimit);
  if (!isStaff(user) && !Object.values(listingRoleByKind).some((role) => user.roles.includes(role))) {
    throw new ConveneError('forbidden', 'Pictures are for those who list something.', { reason: 'needs-role' });
  }
  const file = await readFile(request);
  const media = await req.payload.create({
    collection: 'media',
    data: { alt: UNDESCRIBED },
    file: { data: Buffer.from(await file.arrayBuffer()), mimetype: file.type, name: newName(file), size: file.size },
    req,
    overrideAccess: false,
    user: req.user,
    depth: 0,
  });
  return jsonAnswer(uploadAnswerSchema.parse(pictureOf(media, {})), 201);
};

/** Of its own, since two people's IMG_0001.jpg of the same moment would meet; and names of files tell about people. */
const newName = ({ type }: File): string => `${randomUUID()}.${type.slice('image/'.length)}`;

const readFile = async (request: Request): Promise<File> => {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  // Nothing is read of a body whose length nobody tells.
  if (!Number.isFinite(length) || length > MAX_UPLOAD_BYTES + FORM_BYTES) throw tooLarge();
  const form = await request.formData().catch((cause: unknown) => {
    throw new ConveneError('unsupported-media-type', 'Send a form with a file.', { cause });
  });
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) {
    throw new ConveneError('invalid-input', 'Choose a picture.', { issues: [{ path: 'file', message: 'is missing' }] });
  }
  if (file.size > MAX_UPLOAD_BYTES) throw tooLarge();
  if (!uploadTypes.some((type) => type === file.type)) {
    throw new ConveneError('unsupported-media-type', 'A picture is a JPEG, PNG, WebP or AVIF file.');
  }
  return file;
};
