import type { CollectionAfterChangeHook, PayloadRequest } from 'payload';
import { asConsequence } from '../../../../audit/consequence';
import type { Verification } from '../../../../payload-types';
import { idOf } from '../../../../utils/related';
import { wasAsked, wasRejected, wasVerified } from '../../decisions';

const BY_REQUEST = 'verificationByRequest';

/** Does the account's state follow from a request's, which is told of by itself? */
export const isVerificationByRequest = (req: PayloadRequest): boolean => req.context[BY_REQUEST] === true;

/** The account's state follows its request, in the same transaction. */
export const markAccount: CollectionAfterChangeHook<Verification> = async ({ doc, previousDoc, req }) => {
  const userId = idOf(doc.user);
  const isNews = [wasAsked, wasVerified, wasRejected].some((did) => did(previousDoc, doc));
  if (userId === null || !isNews) return doc;
  req.context[BY_REQUEST] = true;
  const verification = { pending: 'pending', approved: 'verified', rejected: 'rejected' } as const;
  await asConsequence(req, () =>
    req.payload.update({
      collection: 'users',
      id: userId,
      data: { verification: verification[doc.status] },
      req,
      overrideAccess: true,
      depth: 0,
    }),
  );
  return doc;
};
