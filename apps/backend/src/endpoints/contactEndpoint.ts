import { contactSchema } from '@convene/common/api';
import { inTransaction } from '../utils/inTransaction';
import { enqueueNotification } from '../utils/notificationsQueue';
import { localRequest } from '../utils/payload';
import { optionalUser } from './auth/account';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from './http';
import { requireHuman } from './humanCheck';
import { contactLimit } from './limits';

/** POST /api/contact: keeps what was written and tells staff, who answer by mail. */
export const contactEndpoint: RouteHandler = async (request) => {
  await contactLimit(clientIp(request));
  const { name, email, subject, message, form } = await readJson(request, contactSchema, { maxBytes: 32_768 });
  requireHuman(form);
  const user = await optionalUser(request);
  const req = await localRequest(user ?? undefined);
  await inTransaction(req, async () => {
    const { id } = await req.payload.create({
      collection: 'contact-messages',
      data: { name, email, subject, text: message, user: user?.id ?? null, status: 'open' },
      req,
      overrideAccess: true,
      depth: 0,
    });
    const payload = { contactMessageId: id, name, email, subject, message };
    await enqueueNotification('admin.contact', payload, { req, once: [id] });
  });
  return jsonAnswer({}, 202);
};
