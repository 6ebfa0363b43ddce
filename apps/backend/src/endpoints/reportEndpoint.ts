import { type ReportRequest, reportSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { excerptOf, type ListingInMail } from '@convene/common/notifications';
import type { PayloadRequest } from 'payload';
import { findListing, inMail } from '../collections/Listings/findListing';
import type { Report, User } from '../payload-types';
import { inTransaction } from '../utils/inTransaction';
import { enqueueNotification } from '../utils/notificationsQueue';
import { localRequest } from '../utils/payload';
import { findPerson } from '../utils/people';
import { sqlOfRequest } from '../utils/sqlOfRequest';
import { optionalUser } from './auth/account';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from './http';
import { requireHuman } from './humanCheck';
import { reportLimit } from './limits';

/** POST /api/report: keeps what was reported and tells staff. */
export const reportEndpoint: RouteHandler = async (request) => {
  const user = await optionalUser(request);
  await reportLimit(user ? `user-${user.id}` : clientIp(request));
  const input = await readJson(request, reportSchema);
  requireHuman(input.form);
  const req = await localRequest(user ?? undefined);
  await inTransaction(req, async () => {
    const target = await findTarget(req, { input, user });
    const report = await keep(req, { input, target, user });
    await tellStaff(req, { input, target, report, reporterName: user?.displayName ?? null });
  });
  return jsonAnswer({}, 202);
};

type Target =
  | { subject: 'listing'; listing: ListingInMail }
  | { subject: 'profile'; userId: number; displayName: string }
  | { subject: 'review' | 'message'; id: number }
  | { subject: 'other' };

const gone = () => new ConveneError('not-found', 'What you report is not there any more.');

/** Only what the reporter can see can be reported: otherwise the answers would tell what there is. */
const findTarget = async (
  req: PayloadRequest,
  { input, user }: { input: ReportRequest; user: User | null },
): Promise<Target> => {
  const sql = await sqlOfRequest(req);
  switch (input.subject) {
    case 'listing': {
      const listing = await findListing(sql, { kind: input.kind, id: input.listingId });
      if (!listing?.isLive) throw gone();
      return { subject: 'listing', listing: inMail(listing) };
    }
    case 'profile': {
      const person = await findPerson(sql, input.userId);
      if (!person) throw gone();
      return { subject: 'profile', userId: person.id, displayName: person.displayName };
    }
    case 'review':
      return { subject: 'review', id: await visible(req, { collection: 'reviews', id: input.reviewId, user }) };
    case 'message':
      return { subject: 'message', id: await visible(req, { collection: 'messages', id: input.messageId, user }) };
    case 'other':
      return { subject: 'other' };
  }
};

const visible = async (
  req: PayloadRequest,
  { collection, id, user }: { collection: 'reviews' | 'messages'; id: number; user: User | null },
): Promise<number> => {
  // A visitor's access to messages is a refusal, not an empty list.
  if (collection === 'messages' && !user) throw new ConveneError('unauthenticated', 'Please sign in.');
  const { totalDocs } = await req.payload.count({
    collection,
    where: { id: { equals: id } },
    req,
    overrideAccess: false,
    user: req.user,
  });
  if (totalDocs !== 1) throw gone();
  return id;
};

/** By what the target is found again. */
const namesOf = (target: Target): { subjectKind?: string; subjectId?: number } => {
  if (target.subject === 'listing') return { subjectKind: target.listing.kind, subjectId: target.listing.id };
  if (target.subject === 'profile') return { subjectId: target.userId };
  return 'id' in target ? { subjectId: target.id } : {};
};

const keep = (
  req: PayloadRequest,
  { input, target, user }: { input: ReportRequest; target: Target; user: User | null },
): Promise<Report> => {
  return req.payload.create({
    collection: 'reports',
    data: {
      subject: target.subject,
      ...namesOf(target),
      reason: input.reason,
      details: input.details,
      reporter: user?.id ?? null,
      status: 'open',
    },
    req,
    overrideAccess: true,
    depth: 0,
  });
};

const tellStaff = async (
  req: PayloadRequest,
  {
    input,
    target,
    report,
    reporterName,
  }: { input: ReportRequest; target: Target; report: Report; reporterName: string | null },
): Promise<void> => {
  const said = { reportId: report.id, reason: input.reason, details: excerptOf(input.details), reporterName };
  const options = { req, once: [report.id] };
  if (target.subject === 'listing') {
    await enqueueNotification('admin.listing.report', { ...said, listing: target.listing }, options);
  } else if (target.subject === 'profile') {
    const { userId, displayName } = target;
    await enqueueNotification('admin.profile.report', { ...said, userId, displayName }, options);
  } else {
    await enqueueNotification('admin.report.new', { ...said, subject: target.subject }, options);
  }
};
