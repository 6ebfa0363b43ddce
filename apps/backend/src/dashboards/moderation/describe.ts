import { isListingKind, type ListingKind, listingKindSingular } from '@convene/common/listings';
import type { Payload, PayloadRequest } from 'payload';
import { z } from 'zod';
import { findListing } from '../../collections/Listings/findListing';
import { env } from '../../env';
import { getPool } from '../../utils/postgres';
import { idOf } from '../../utils/related';
import { ageOf, toneOf } from '../components/age';
import { collectionOf } from './decide';
import { changesOf, factsOf, imagesOf } from './listingFacts';
import type { QueueItem } from './queueItem';
import { subjectTexts } from './subjects';
import type { Waiting } from './waiting';

type Link = QueueItem['links'][number];
type Described = Partial<Omit<QueueItem, 'subject' | 'kind' | 'id' | 'seen' | 'age' | 'since' | 'isLate'>> & {
  title: string;
};

type Context = { payload: Payload; req: PayloadRequest };

const publicPage = (kind: ListingKind, slug: string): string => `${env.FRONTEND_URL}/${kind}/${slug}`;

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const personSchema = z.object({ name: z.string(), email: z.string(), isSuspended: z.boolean() });

/** Who that is, with a link to their account in the admin. */
const person = async (label: string, id: number | null): Promise<{ link: Link; isSuspended: boolean } | null> => {
  if (id === null) return null;
  const { rows } = await getPool().query(
    `SELECT display_name AS name, email, suspended_at IS NOT NULL AS "isSuspended" FROM users WHERE id = $1`,
    [id],
  );
  const found = personSchema.safeParse(rows[0]).data;
  const text = found ? `${found.name} (${found.email})` : `Account ${id}`;
  return { link: { label, text, href: `/admin/collections/users/${id}` }, isSuspended: found?.isSuspended ?? false };
};

const present = (...links: (Link | null | undefined)[]): Link[] =>
  links.filter((link): link is Link => link !== null && link !== undefined);

/** The listing that a row is about, with a link to its page where it has one. */
const listing = async (kind: string, id: number): Promise<{ title: string; link: Link; publicHref: string | null }> => {
  const facts = isListingKind(kind) ? await findListing(getPool(), { kind, id }) : null;
  const title = facts?.title || `${kind} ${id}`;
  return {
    title,
    link: { label: 'Listing', text: title, href: `/admin/collections/${kind}/${id}` },
    publicHref: facts?.isLive ? publicPage(facts.kind, facts.slug) : null,
  };
};

const describeListing = async ({ payload, req }: Context, waiting: Waiting): Promise<Described | null> => {
  const { kind, id, isEdit } = waiting;
  if (!kind) return null;
  const read = (draft: boolean) =>
    payload.findByID({ collection: kind, id, draft, depth: 1, req, overrideAccess: true, disableErrors: true });
  const edit = await read(true);
  if (!edit) return null;
  const live = isEdit ? await read(false) : null;
  const owner = await person('Owner', idOf(edit.owner));
  return {
    title: edit.title || 'Without a title',
    badge: `${isEdit ? 'Edit of a live' : 'New'} ${listingKindSingular[kind]}`,
    links: present(owner?.link),
    facts: live ? [] : factsOf(edit),
    changes: live ? changesOf(live, edit) : [],
    images: imagesOf(edit),
    publicHref: live ? publicPage(kind, live.slug) : null,
    warning: owner?.isSuspended
      ? 'The owner’s account is suspended: this can’t be published before that is lifted.'
      : null,
  };
};

const describeReview = async ({ payload, req }: Context, { id }: Waiting): Promise<Described | null> => {
  const review = await payload.findByID({ collection: 'reviews', id, depth: 0, req, disableErrors: true });
  if (!review) return null;
  const about = await listing(review.kind, review.listingId);
  const author = await person('Author', idOf(review.author));
  return {
    title: `${'★'.repeat(review.rating)}${'☆'.repeat(5 - review.rating)} for ${about.title}`,
    links: present(author?.link, about.link),
    facts: [
      { label: 'Has been there', text: review.verified ? 'Yes, by a completed booking' : 'Not by a booking here' },
    ],
    text: review.text,
    publicHref: about.publicHref,
  };
};

const describeClaim = async ({ payload, req }: Context, { id }: Waiting): Promise<Described | null> => {
  const claim = await payload.findByID({ collection: 'claims', id, depth: 0, req, disableErrors: true });
  if (!claim) return null;
  const about = await listing(claim.kind, claim.listingId);
  const claimant = await person('Claimant', idOf(claim.claimant));
  return {
    title: `Says that ${about.title} is theirs`,
    links: present(claimant?.link, about.link),
    text: claim.text ?? null,
    publicHref: about.publicHref,
    warning: claimant?.isSuspended ? 'The claimant’s account is suspended.' : null,
  };
};

const describeVerification = async ({ payload, req }: Context, { id }: Waiting): Promise<Described | null> => {
  const request = await payload.findByID({ collection: 'verifications', id, depth: 0, req, disableErrors: true });
  if (!request) return null;
  const account = await person('Account', idOf(request.user));
  const website = request.website ? { label: 'Website', text: request.website, href: safeHref(request.website) } : null;
  return {
    title: request.legalName,
    links: present(account?.link, website),
    text: request.text ?? null,
    warning: account?.isSuspended ? 'The account is suspended.' : null,
  };
};

/** People type these: never `javascript:`. */
const safeHref = (address: string): string | null =>
  URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : null;

/** What was reported, as staff find it again. */
const reported = async (
  { payload, req }: Context,
  { subject, kind, id }: { subject: string; kind: string | null; id: number | null },
): Promise<{ title: string; links: Link[]; quote: string | null; publicHref: string | null }> => {
  const nothing = { title: 'Something else', links: [], quote: null, publicHref: null };
  if (id === null) return nothing;
  if (subject === 'listing' && kind) {
    const { title, link, publicHref } = await listing(kind, id);
    return { title: `Listing ${title}`, links: [link], quote: null, publicHref };
  }
  if (subject === 'profile') {
    const account = await person('Profile', id);
    return { ...nothing, title: `Profile ${account?.link.text ?? id}`, links: present(account?.link) };
  }
  if (subject === 'review') {
    const review = await payload.findByID({ collection: 'reviews', id, depth: 0, req, disableErrors: true });
    const author = await person('Author', idOf(review?.author));
    const link = { label: 'Review', text: `Review ${id}`, href: `/admin/collections/reviews/${id}` };
    return { ...nothing, title: 'A review', links: present(link, author?.link), quote: review?.text ?? null };
  }
  if (subject === 'message') {
    const message = await payload.findByID({ collection: 'messages', id, depth: 0, req, disableErrors: true });
    const sender = await person('Sender', idOf(message?.sender));
    const link = { label: 'Message', text: `Message ${id}`, href: `/admin/collections/messages/${id}` };
    return { ...nothing, title: 'A message', links: present(link, sender?.link), quote: message?.text ?? null };
  }
  return nothing;
};

const describeReport = async (context: Context, { id }: Waiting): Promise<Described | null> => {
  const { payload, req } = context;
  const report = await payload.findByID({ collection: 'reports', id, depth: 0, req, disableErrors: true });
  if (!report) return null;
  const target = await reported(context, {
    subject: report.subject,
    kind: report.subjectKind ?? null,
    id: report.subjectId ?? null,
  });
  const reporter = await person('Reported by', idOf(report.reporter));
  return {
    title: target.title,
    badge: `Report: ${report.reason}`,
    links: present(...target.links, reporter?.link ?? { label: 'Reported by', text: 'a visitor', href: null }),
    facts: target.quote ? [{ label: 'What it says', text: target.quote }] : [],
    text: report.details ?? null,
    publicHref: target.publicHref,
  };
};

const describeContact = async ({ payload, req }: Context, { id }: Waiting): Promise<Described | null> => {
  const letter = await payload.findByID({ collection: 'contact-messages', id, depth: 0, req, disableErrors: true });
  if (!letter) return null;
  const answer = `mailto:${encodeURIComponent(letter.email)}?subject=${encodeURIComponent(`Re: ${letter.subject}`)}`;
  const account = await person('Account', idOf(letter.user));
  return {
    title: letter.subject,
    links: present({ label: 'Answer', text: `${letter.name} <${letter.email}>`, href: answer }, account?.link),
    text: letter.text,
  };
};

const describers = {
  listing: describeListing,
  review: describeReview,
  claim: describeClaim,
  verification: describeVerification,
  report: describeReport,
  contact: describeContact,
};

/** What waits with all that a decision needs; what is gone by now is left out. */
export const describe = async (context: Context, rows: Waiting[], now: Date): Promise<QueueItem[]> => {
  const items = await Promise.all(
    rows.map(async (waiting): Promise<QueueItem[]> => {
      const described = await describers[waiting.subject](context, waiting);
      if (!described) return [];
      const { subject, id, seen } = waiting;
      const kind = waiting.kind ?? null;
      const since = new Date(waiting.since);
      return [
        {
          badge: capitalised(subjectTexts[subject].label),
          links: [],
          facts: [],
          text: null,
          changes: [],
          images: [],
          warning: null,
          publicHref: null,
          adminHref: `/admin/collections/${collectionOf({ subject, kind: kind ?? undefined })}/${id}`,
          ...described,
          subject,
          kind,
          id,
          seen,
          age: ageOf(since, now),
          since: since.toISOString(),
          isLate: toneOf(since, now) === 'late',
        },
      ];
    }),
  );
  return items.flat();
};
