import type { Image, ListingAnswer, ListingCard, ListingDetail } from '@convene/common/api';
import { ConveneError, parseInput } from '@convene/common/errors';
import { type ListingKind, listingKindSchema } from '@convene/common/listings';
import { convertLexicalToHTML } from '@payloadcms/richtext-lexical/html';
import type { Payload } from 'payload';
import { pictureText } from '../../collections/Listings/pictureTexts';
import type { Event, Location, Media, Service } from '../../payload-types';
import { avatarUrlOf } from '../../readModels/avatars';
import { imageSources, listingCards } from '../../readModels/listingCards';
import { getBackend } from '../../utils/payload';
import { getPool } from '../../utils/postgres';
import { keptAnswers } from '../feed/followedFeed';
import { jsonAnswer, type RouteHandler } from '../http';

type Listing = Location | Event | Service;

/** GET /api/listings/:kind/:slug: what its page shows, or where it has moved. */
export const listing: RouteHandler<{ kind: string; slug: string }> = async (_request, { params }) => {
  const { kind: kindInUrl, slug } = await params;
  const kind = parseInput(listingKindSchema, kindInUrl, 'The kind of listing');
  return jsonAnswer(await keptListing(kind, slug), 200, { 'Cache-Control': 'public, max-age=30' });
};

/** Some ten kilobytes each. */
const MOST_LISTINGS = 500;

/** Read once for all who ask, until a listing or what its page shows of others changes. */
export const keptListing = (kind: ListingKind, slug: string): Promise<ListingAnswer> =>
  keptAnswers<ListingAnswer>('listings', MOST_LISTINGS)(`${kind}/${slug}`, () => readListing(kind, slug));

export const readListing = async (kind: ListingKind, slug: string): Promise<ListingAnswer> => {
  const payload = await getBackend();
  const found = await findVisible(payload, kind, slug);
  if (found) return { listing: await detailOf(kind, found) };
  const newSlug = await slugAfterMove(kind, slug);
  if (newSlug) return { movedTo: { kind, slug: newSlug } };
  throw new ConveneError('not-found', 'There is no such listing, or it is not public any more.');
};

const findVisible = async (payload: Payload, kind: ListingKind, slug: string): Promise<Listing | undefined> => {
  const { docs } = await payload.find({
    collection: kind,
    where: {
      slug: { equals: slug },
      _status: { equals: 'published' },
      moderationStatus: { equals: 'approved' },
    },
    depth: 1,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  });
  return docs[0];
};

const slugAfterMove = async (kind: ListingKind, slug: string): Promise<string | null> => {
  const { rows } = await getPool().query<{ slug: string }>(
    `SELECT listing.slug FROM ${kind}_texts AS old
     JOIN ${kind} AS listing ON listing.id = old.parent_id
     JOIN visible_listings AS visible ON visible.kind = $2 AND visible.id = listing.id
     WHERE old.path = 'previousSlugs' AND old.text = $1
     ORDER BY listing.updated_at DESC LIMIT 1`,
    [slug, kind],
  );
  return rows[0]?.slug ?? null;
};

/** Null of one that is in the bin. */
export const imageOf = (media: Media, listing: Pick<Listing, 'pictureTexts'>): Image | null => {
  if (media.deletedAt) return null;
  const { w400, w800, w1600 } = media.sizes ?? {};
  const files = [w400, w800, w1600, media].map((file) =>
    file?.filename && file.width && file.height
      ? { filename: file.filename, width: file.width, height: file.height }
      : null,
  );
  const sources = imageSources(files);
  return sources.length > 0 ? { id: media.id, alt: pictureText(listing, media), sources } : null;
};

const filled = <T extends object>(related: (number | T)[] | null | undefined): T[] =>
  (related ?? []).filter((item): item is T => typeof item === 'object');

const ownerOf = async (owner: Listing['owner']): Promise<ListingDetail['owner']> =>
  owner && typeof owner === 'object'
    ? {
        id: owner.id,
        displayName: owner.displayName,
        verified: owner.verification === 'verified',
        avatarUrl: await avatarUrlOf(getPool(), owner.id),
      }
    : null;

const detailOf = async (kind: ListingKind, doc: Listing): Promise<ListingDetail> => {
  const [card] = await listingCards(getPool(), { kind, ids: [doc.id] });
  if (!card) throw new ConveneError('not-found', 'The listing was removed just now.');
  return detailWithCard(card, doc);
};

/** What a listing's page shows of this document, be it the public version or a draft. */
export const detailWithCard = async (card: ListingCard, doc: Listing): Promise<ListingDetail> => {
  const gallery = filled<Media>(doc.gallery)
    .map((media) => imageOf(media, doc))
    .filter((image) => image !== null);
  return {
    ...card,
    descriptionHtml: doc.description ? convertLexicalToHTML({ data: doc.description, disableContainer: true }) : '',
    address: doc.address ?? null,
    gallery,
    facilities: 'facilities' in doc ? filled(doc.facilities).map(({ slug, name }) => ({ slug, name })) : [],
    coverageArea: 'coverageArea' in doc ? (doc.coverageArea ?? null) : null,
    owner: await ownerOf(doc.owner),
    claimStatus: doc.claimStatus,
    publishedAt: doc.approvedAt ? new Date(doc.approvedAt).toISOString() : null,
    updatedAt: doc.updatedAt,
  };
};
