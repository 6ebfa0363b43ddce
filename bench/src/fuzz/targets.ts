import { readdirSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../lib/servers';
import { hostileSegment } from './hostile';
import type { Random } from './random';

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

const patternsOf = (app: string): string[] =>
  [...new Set(routeFiles(`${repositoryRoot}${app}`).map(patternOf))].toSorted();

const listing = { kind: 'locations', listingId: 1 };
const human = { form: { stamp: 'x.y', homepage: '' } };

/** What is sent to Convene's own endpoints when it is meant well; it is spoiled before it is sent. */
const bodies: Record<string, Record<string, unknown>> = {
  '/api/metrics/view': { ...listing, requestId: 'f1d5f1f0-0000-4000-8000-000000000001' },
  '/api/metrics/impression': { requestId: 'f1d5f1f0-0000-4000-8000-000000000002', events: [listing] },
  '/api/auth/sign-in': { email: 'nobody@example.com', password: 'wrong password' },
  '/api/auth/sign-up': { email: 'nobody', password: 'short', displayName: 'A', roles: ['client'], ...human },
  '/api/auth/forgot': { email: 'nobody' },
  '/api/auth/reset': { token: 'x'.repeat(40), password: 'a new password' },
  '/api/auth/verify': { token: 'x'.repeat(40) },
  '/api/bookings': { ...listing, seats: 1, startsAt: '2030-01-01T10:00', endsAt: '2030-01-01T11:00', note: '' },
  '/api/bookings/block': { ...listing, startsAt: '2030-01-01T10:00', endsAt: '2030-01-01T11:00' },
  '/api/favorites/toggle': { ...listing, favorite: true },
  '/api/messages': { ...listing, text: 'Hello' },
  '/api/reviews': { ...listing, rating: 5, text: 'Good' },
  '/api/claims': { ...listing, message: 'Mine' },
  '/api/claims/accept': { token: 'x'.repeat(40) },
  '/api/report': { ...listing, reason: 'spam', text: 'x', ...human },
  '/api/contact': { name: 'A', email: 'nobody@example.com', message: 'Hi', ...human },
  '/api/unsubscribe': { token: 'x' },
  '/api/command-usage': { id: 'f1d5f1f0-0000-4000-8000-000000000003', counts: [] },
  '/api/webhooks/resend': { type: 'email.bounced', data: { email_id: 'x', to: ['a@example.com'] } },
  '/api/graphql': { query: '{ Users { docs { email password } } }', variables: {} },
  '/api/users': { email: 'nobody@example.com', password: 'x', roles: ['admin'], _verified: true },
  '/api/users/login': { email: 'nobody@example.com', password: 'x' },
  '/api/users/forgot-password': { email: 'nobody@example.com' },
  '/api/users/reset-password': { token: 'x', password: 'y' },
  '/collect': { metric: 'views', events: [listing] },
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

/**
 * Every address of both apps: routes and pages as their files say, and what Payload answers by itself.
 *
 * @param collections slugs of Payload's collections
 */
export const allTargets = (collections: string[]): Target[] => {
  const withBody = (app: App) => (pattern: string) => ({
    app,
    pattern,
    ...(bodies[pattern] ? { body: bodies[pattern] } : {}),
  });
  const ofPayload = [
    ...collections.flatMap((slug) => payloadPaths.map((end) => `/api/${slug}${end}`)),
    ...payloadUserPaths.map((end) => `/api/users/${end}`),
    '/api/globals/feed-weights',
    '/api/payload-preferences/[key]',
    '/api/payload-locked-documents',
    '/api/media/file/[name]',
    '/api/access',
  ];
  return [
    ...patternsOf('apps/backend/src/app')
      .filter((pattern) => !pattern.includes('[...') && !pattern.includes('[['))
      .map(withBody('backend')),
    ...ofPayload.map(withBody('backend')),
    ...['/admin', '/admin/login', '/admin/collections/users', '/admin/collections/[slug]/[id]'].map(
      withBody('backend'),
    ),
    ...patternsOf('apps/frontend/app').map(withBody('frontend')),
  ];
};

/** The pattern as an address, with whatever may stand in its variable segments. */
export const addressOf = (pattern: string, random: Random): string =>
  pattern.replace(/\[+(?:\.\.\.)?\w+\]+/g, () =>
    random.chance(0.2) ? random.pick(['locations', 'events', 'services', 'listing-1']) : hostileSegment(random),
  );
