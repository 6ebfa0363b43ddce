import type { PayloadRequest } from 'payload';
import type { User } from '../../../payload-types';
import { enqueueNotification } from '../../../utils/notificationsQueue';

/** Payload asks for the body of its reset mail; the mail is an outbox row instead, in the same transaction. */
export const enqueueResetEmail = async (args?: {
  req?: PayloadRequest;
  token?: string;
  user?: User;
}): Promise<string> => {
  if (!args?.req || !args.token || !args.user) throw new Error('Payload gave no request with the reset mail');
  await enqueueNotification('user.reset.start', { userId: args.user.id, token: args.token }, { req: args.req });
  return '';
};
