import { readdirSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../paths';

export type App = 'backend' | 'frontend';

/** An address, its variable segments as `[name]`, and what a well-meant request would send to it. */
export type Target = { app: App; pattern: string; body?: Record<string, unknown> };

const routeFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)(route|page)\.tsx?$/.test(file));

/** `(groups)` are no part of an address. */
const patternOf = (file: string): string =>
  `/${path
    .dirname(file)
    .split('/')
    .filter((segment) => segment !== '.' && !/^\(.*\)$/.test(segment))
    .join('/')}`;

/** The routes' and pages' files of an app's folder, by their addresses. Groups may give one address to several. */
const addressesOf = (folder: string): Map<string, string> =>
  new Map(
    routeFiles(path.join(repositoryRoot, folder))
      .toSorted()
      .map((file) => [patternOf(file), path.join(repositoryRoot, folder, file)]),
  );

const BACKEND = 'apps/backend/src/app';
const FRONTEND = 'apps/frontend/app';

/** The backend's own route files by their addresses, without those of Payload that answer for many. */
export const backendRoutes = (): Map<string, string> =>
  new Map([...addressesOf(BACKEND)].filter(([pattern]) => !/\[\[?\.\.\./.test(pattern)));

const listing = { kind: 'locations', listingId: 1 };
const human = { form: { stamp: 'x.y', homepage: '' } };
const token = { token: 'x'.repeat(40) };
const password = 'a password of somebody';
const period = { startsAt: '2030-01-01T10:00:00Z', endsAt: '2030-01-01T11:00:00Z' };
const ownListing = {
  submit: true,
  listing: {
    kind: 'locations',
    title: 'A hall',
    typeId: 1,
    cityId: 1,
    point: [27.6, 47.2],
    gallery: [{ id: 1, alt: '' }],
  },
};

/** What is sent to Convene's own endpoints when it is meant well; it is spoiled before it is sent. */
const bodies: Record<string, Record<string, unknown>> = {
  '/api/metrics/view': { ...listing, requestId: 'f1d5f1f0-0000-4000-8000-000000000001' },
  '/api/metrics/impression': { requestId: 'f1d5f1f0-0000-4000-8000-000000000002', events: [listing] },
  '/api/auth/sign-in': { email: 'nobody@example.com', password },
  '/api/auth/sign-in/code': { ticket: 'x'.repeat(60), code: '123456' },
  '/api/auth/admin-sign-in': { email: 'nobody@example.com', password },
  '/api/auth/sign-up': { email: 'nobody', password: 'short', displayName: 'A', roles: ['client'], ...human },
  '/api/auth/forgot': { email: 'nobody' },
  '/api/auth/reset': { ...token, password },
  '/api/auth/verify': token,
  '/api/bookings': { ...listing, ...period, seats: 1, note: '', ...human },
  '/api/bookings/block': { ...listing, ...period, note: '' },
  '/api/bookings/[id]/decide': { decision: 'declined', reason: '' },
  '/api/bookings/[id]/cancel': { reason: '' },
  '/api/events/[id]/cancel': { reason: '' },
  '/api/favorites/toggle': { ...listing, favorite: true },
  '/api/favorites/merge': { listings: [listing] },
  '/api/messages': { ...listing, text: 'Hello', ...human },
  '/api/reviews': { ...listing, rating: 5, text: 'Good enough for me', ...human },
  '/api/claims': { ...listing, text: 'This place has been mine for years', ...human },
  '/api/claims/accept': token,
  '/api/verifications': { legalName: 'A Person', text: '', website: 'https://example.com', ...human },
  '/api/report': { subject: 'listing', ...listing, reason: 'spam', text: 'x', ...human },
  '/api/contact': { name: 'Ana', email: 'nobody@example.com', subject: 'A question', message: 'Is it?', ...human },
  '/api/moderation': { subject: 'reviews', id: 1, decision: 'approved', reason: '' },
  '/api/users/[id]/suspend': { reason: 'Spam' },
  '/api/unsubscribe': { token: 'x' },
  '/api/command-usage': { id: 'f1d5f1f0-0000-4000-8000-000000000003', counts: [] },
  '/api/webhooks/resend': { type: 'email.bounced', data: { email_id: 'x', to: ['a@example.com'] } },
  '/api/account/blocks': { userId: 1 },
  '/api/account/blocks/remove': { userId: 1 },
  '/api/account/delete': { password },
  '/api/account/email': { email: 'nobody@example.com', password },
  '/api/account/email/confirm': token,
  '/api/account/password': { password, newPassword: 'another password' },
  '/api/account/profile': { displayName: 'Ana', bio: '', locale: 'en', roles: ['client'], notifications: {} },
  '/api/account/two-factor/begin': { password },
  '/api/account/two-factor/confirm': { code: '123456' },
  '/api/account/two-factor/off': { password, code: '123456' },
  '/api/account/two-factor/recovery-codes': { password, code: '123456' },
  '/api/account/listings': ownListing,
  '/api/account/listings/[kind]/[id]': { ...ownListing, expected: '2030-01-01T10:00:00Z' },
  '/api/account/listings/[kind]/[id]/move': { to: 'bin' },
  '/api/graphql': { query: '{ Users { docs { email password } } }', variables: {} },
  '/api/users': { email: 'nobody@example.com', password: 'x', roles: ['admin'], _verified: true },
  '/api/users/login': { email: 'nobody@example.com', password: 'x' },
  '/api/users/forgot-password': { email: 'nobody@example.com' },
  '/api/users/reset-password': { token: 'x', password: 'y' },
  '/collect': { metric: 'views', events: [listing] },
  '/favorites/toggle': { ...listing, next: '/locations' },
};

/** Below each of Payload's collections. */
const payloadPaths = ['', '/[id]', '/[id]/duplicate', '/versions', '/versions/[id]', '/count', '/access/[id]'];
const payloadUserPaths = [
  'login',
  'logout',
  'me',
  'refresh-token',
  'forgot-password',
  'reset-password',
  'unlock',
  'verify/[id]',
  'init',
  'first-register',
];

const targetOf =
  (app: App) =>
  (pattern: string): Target => ({ app, pattern, ...(bodies[pattern] ? { body: bodies[pattern] } : {}) });

/**
 * Every address of the backend: routes as their files say, and what Payload answers by itself.
 *
 * @param collections slugs of Payload's collections
 */
export const backendTargets = (collections: string[]): Target[] =>
  [
    ...new Set([
      ...backendRoutes().keys(),
      ...collections.flatMap((slug) => payloadPaths.map((end) => `/api/${slug}${end}`)),
      ...payloadUserPaths.map((end) => `/api/users/${end}`),
      '/api/globals/feed-weights',
      '/api/globals/feed-weights/versions/[id]',
      '/api/payload-preferences/[key]',
      '/api/payload-locked-documents',
      '/api/media/file/[name]',
      '/api/access',
      '/api/[name]/[id]',
      '/admin',
      '/admin/login',
      '/admin/collections/users',
      '/admin/collections/[slug]/[id]',
    ]),
  ].map(targetOf('backend'));

/** Every address of the site. */
export const frontendTargets = (): Target[] => [...addressesOf(FRONTEND).keys()].toSorted().map(targetOf('frontend'));
