import { ConveneError } from '@convene/common/errors';
import { setAvatar } from '../../collections/Users/avatar';
import { avatarUrlOf } from '../../readModels/avatars';
import { getPool } from '../../utils/postgres';
import { jsonAnswer, type RouteHandler, readBytes } from '../http';
import { avatarLimit } from '../limits';
import { signedIn } from '../signedIn';

const MAX_BYTES = 8_000_000;

/** POST /api/account/avatar: the body is the image, JPEG, PNG, WebP, AVIF or GIF, of any size up to 8 MB. */
export const changeAvatar: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, avatarLimit);
  if (!/^image\//.test(request.headers.get('content-type') ?? '')) {
    throw new ConveneError('unsupported-media-type', 'Send the image itself, with its type.');
  }
  await setAvatar(req, { user, upload: await readBytes(request, MAX_BYTES) });
  return jsonAnswer({ avatarUrl: await avatarUrlOf(getPool(), user.id) });
};

/** POST /api/account/avatar/remove */
export const removeAvatar: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, avatarLimit);
  await setAvatar(req, { user, upload: null });
  return jsonAnswer({ avatarUrl: null });
};
