import config from '@payload-config';
import { createLocalReq, getPayload, type Payload, type PayloadRequest } from 'payload';
import type { User } from '../payload-types';

export const getBackend = (): Promise<Payload> => getPayload({ config });

/** A request of Payload's own, to share one transaction between several calls. */
export const localRequest = async (user?: User): Promise<PayloadRequest> => {
  const payload = await getBackend();
  return createLocalReq(user ? { user: { ...user, collection: 'users' } } : {}, payload);
};
