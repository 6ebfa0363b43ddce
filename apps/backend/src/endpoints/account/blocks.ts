import { blockPersonSchema } from '@convene/common/api';
import { blockPerson, readBlocks, unblockPerson } from '../../collections/Blocks/blocks';
import { getPool } from '../../utils/postgres';
import { requireUser } from '../auth/account';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { profileLimit } from '../limits';
import { signedIn } from '../signedIn';

/** GET /api/account/blocks */
export const blocks: RouteHandler = async (request) => {
  const { id } = await requireUser(request);
  return jsonAnswer(await readBlocks(getPool(), id));
};

/** POST /api/account/blocks: what was agreed before stays as it is. */
export const block: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, profileLimit);
  const { userId } = await readJson(request, blockPersonSchema);
  await blockPerson(req, { user, blockedId: userId });
  return jsonAnswer({});
};

/** POST /api/account/blocks/remove */
export const unblock: RouteHandler = async (request) => {
  const { user } = await signedIn(request, profileLimit);
  const { userId } = await readJson(request, blockPersonSchema);
  await unblockPerson(getPool(), { userId: user.id, blockedId: userId });
  return jsonAnswer({});
};
