import { excerptOf } from '@convene/common/notifications';
import type { CollectionAfterChangeHook } from 'payload';
import type { Verification } from '../../../../payload-types';
import { enqueueNotification } from '../../../../utils/notificationsQueue';
import { nameOf } from '../../../../utils/people';
import { idOf } from '../../../../utils/related';
import { sqlOfRequest } from '../../../../utils/sqlOfRequest';
import { wasAsked } from '../../decisions';

/** Staff hear that somebody wants to be verified. */
export const notifyAdminVerificationRequest: CollectionAfterChangeHook<Verification> = async ({
  doc,
  previousDoc,
  req,
}) => {
  const userId = idOf(doc.user);
  if (userId === null || !wasAsked(previousDoc, doc)) return doc;
  await enqueueNotification(
    'admin.verification.request',
    {
      userId,
      verificationId: doc.id,
      displayName: await nameOf(await sqlOfRequest(req), userId),
      note: excerptOf(doc.text ?? ''),
    },
    { req, once: [doc.id] },
  );
  return doc;
};
