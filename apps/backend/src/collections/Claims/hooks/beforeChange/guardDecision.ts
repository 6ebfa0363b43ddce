import type { ClaimRequestStatus } from '@convene/common/market';
import { APIError, type CollectionBeforeChangeHook } from 'payload';
import type { Claim } from '../../../../payload-types';

/** What has been decided stays so: ownership has gone over, or the claimant has been told. */
const next: Record<ClaimRequestStatus, readonly ClaimRequestStatus[]> = {
  invited: ['approved', 'expired'],
  pending: ['approved', 'rejected'],
  approved: [],
  rejected: [],
  expired: [],
};

export const mayMoveClaim = (from: ClaimRequestStatus, to: ClaimRequestStatus): boolean => next[from].includes(to);

export const guardDecision: CollectionBeforeChangeHook<Claim> = ({ data, originalDoc, operation, req }) => {
  if (operation === 'create' || !originalDoc || !data.status || data.status === originalDoc.status) return data;
  if (!mayMoveClaim(originalDoc.status, data.status)) throw new APIError('This claim is decided already.', 409);
  if (data.status === 'approved' && !(data.claimant ?? originalDoc.claimant)) {
    throw new APIError('Nobody has taken this invitation up yet.', 409);
  }
  return { ...data, decidedAt: new Date().toISOString(), decidedBy: req.user?.id ?? null };
};
