import type { CollectionAfterChangeHook } from 'payload';
import { asConsequence } from '../../../../audit/consequence';
import type { Verification } from '../../../../payload-types';
import { idOf } from '../../../../utils/related';
import { wasAsked, wasRejected, wasVerified } from '../../decisions';

/** The account's state follows its request, in the same transaction. */
export const markAccount: CollectionAfterChangeHook<Verification> = async ({ doc, previousDoc, req }) => {
  const userId = idOf(doc.user);
  const isNews = [wasAsked, wasVerified, wasRejected].some((did) => did(previousDoc, doc));
  if (userId === null || !isNews) return doc;
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
