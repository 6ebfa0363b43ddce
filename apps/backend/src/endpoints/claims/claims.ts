import { claimAcceptSchema, claimRequestSchema } from '@convene/common/api';
import { acceptInvitation, submitClaim } from '../../collections/Claims/claim';
import { tokenLimit } from '../auth/limits';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { requireHuman } from '../humanCheck';
import { claimLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/claims */
export const createClaim: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, claimLimit);
  const { kind, listingId, text, form } = await readJson(request, claimRequestSchema);
  requireHuman(form);
  const claim = await submitClaim({ req, user, listing: { kind, id: listingId }, text });
  return jsonAnswer({ id: claim.id, status: claim.status }, 201);
};

/** POST /api/claims/accept */
export const acceptClaim: RouteHandler = async (request) => {
  await tokenLimit(clientIp(request));
  const { user, req } = await signedIn(request, claimLimit);
  const { token } = await readJson(request, claimAcceptSchema);
  const { kind, id } = await acceptInvitation({ req, user, token });
  return jsonAnswer({ kind, listingId: id });
};
