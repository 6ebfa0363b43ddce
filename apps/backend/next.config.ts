import path from 'node:path';
import { withPayload } from '@payloadcms/next/withPayload';
import type { NextConfig } from 'next';

const repositoryRoot = path.resolve(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repositoryRoot,
  turbopack: { root: repositoryRoot },
  transpilePackages: ['@convene/common', '@convene/coordination', '@convene/outbox', '@convene/tracing'],
  serverExternalPackages: ['bullmq', 'ioredis', 'pg', 'pino', 'pino-pretty', 'prom-client', 'sharp'],
  // `pnpm typecheck` checks types, once and over the tests too.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
};

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  // The admin shows previews of mails in frames of its own origin.
  { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()' },
  // Browsers ignore it over plain http, so it does no harm on a developer's machine.
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' },
];

const withAdmin = withPayload(config, { devBundleServerPackages: false });

export default {
  ...withAdmin,
  // Payload asks browsers for their colour scheme by headers on every answer; only its admin has a use for them.
  headers: async () => [
    ...((await withAdmin.headers?.()) ?? []).map((rule) =>
      rule.source === '/:path*' ? { ...rule, source: '/admin/:path*' } : rule,
    ),
    { source: '/:path*', headers: securityHeaders },
  ],
} satisfies NextConfig;
