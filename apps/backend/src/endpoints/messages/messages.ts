import { messageRequestSchema } from '@convene/common/api';
import { conversationId } from '../../collections/Messages/conversation';
import { sendMessage } from '../../collections/Messages/send';
import { jsonAnswer, type RouteHandler, readJson } from '../http';
import { requireHuman } from '../humanCheck';
import { messageLimit } from '../limits';
import { signedIn } from '../signedIn';

/** POST /api/messages */
export const createMessage: RouteHandler = async (request) => {
  const { user, req } = await signedIn(request, messageLimit);
  const { kind, listingId, clientId = user.id, text, form } = await readJson(request, messageRequestSchema);
  requireHuman(form);
  const conversation = { kind, listingId, clientId };
  const message = await sendMessage({ req, user, conversation, text });
  return jsonAnswer({ id: message.id, conversationId: conversationId(conversation) }, 201);
};
