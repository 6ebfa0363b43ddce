import { APIError, type CollectionBeforeChangeHook } from 'payload';
import type { Verification } from '../../../../payload-types';

/** A request is decided once: the person has been told. Another decision needs another request. */
export const guardDecision: CollectionBeforeChangeHook<Verification> = ({ data, originalDoc, operation, req }) => {
  if (operation === 'create' || !originalDoc || !data.status || data.status === originalDoc.status) return data;
  if (originalDoc.status !== 'pending') throw new APIError('This request is decided already.', 409);
  return { ...data, decidedAt: new Date().toISOString(), decidedBy: req.user?.id ?? null };
};
