import { verificationRequestSchema } from '@convene/common/api';
import { requestVerification } from '../../collections/Verifications/request';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { requireHuman } from '../humanCheck';
import { verificationLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/verifications */
export const createVerification: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, verificationLimit);
  const { form, ...said } = await readJson(request, verificationRequestSchema);
  requireHuman(form);
  const { id, status } = await requestVerification({ req, user, ...said });
  return jsonAnswer({ id, status }, 201);
};
