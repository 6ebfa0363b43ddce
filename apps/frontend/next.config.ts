import path from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const repositoryRoot = path.resolve(import.meta.dirname, '../..');

const noSniffing = { key: 'X-Content-Type-Options', value: 'nosniff' };

const securityHeaders = [
  noSniffing,
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

/** Browsers ignore it over plain http, so it does no harm on a developer's machine. */
const transportSecurity = { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' };

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repositoryRoot,
  turbopack: { root: repositoryRoot },
  transpilePackages: ['@convene/common', '@convene/tracing'],
  serverExternalPackages: ['pino', 'pino-pretty', 'prom-client', 'sharp'],
  // Read while the server runs, which no bundler sees.
  outputFileTracingIncludes: {
    '/**': ['./node_modules/@fontsource/bricolage-grotesque/files/*-{latin,latin-ext}-{500,700}-normal.woff'],
  },
  // `pnpm typecheck` checks types, once and over the tests too.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // For everybody a page's title, description and canonical address stand in its head from the start: React would move
  // what comes later there, but may not be running yet (lib/onDemand).
  htmlLimitedBots: /./,
  reactStrictMode: true,
  // lib/compressed.ts does it, by Brotli.
  compress: false,
  experimental: {
    // A phone on a slow network waits for one answer instead of two before it shows anything. The styles stand in a page
    // three times, as React takes them over, which Brotli makes one.
    inlineCss: true,
    // A page's scripts in as few files as can be: what is compressed together is smaller by 5 kB. No two routes share much
    // beside the framework, so nothing comes twice.
    turbopackChunking: {
      firstPageLoadPriority: 1,
      requestCost: 5_000_000,
      minChunkSize: 4_000_000,
      maxMergeChunkSize: 8_000_000,
    },
  },
  headers: async () => [
    { source: '/((?!_next/static/).*)', headers: [...securityHeaders, transportSecurity] },
    // No document is among them, so the rest would only be sent a dozen times for each visitor.
    { source: '/_next/static/:path*', headers: [noSniffing] },
    // Their addresses hold a token, which no other site may learn from a Referer. (With no-referrer a form sent
    // without script would carry `Origin: null`, and Next refuses its action.)
    ...['/verify', '/reset', '/claim', '/confirm-email', '/unsubscribe'].map((source) => ({
      source,
      headers: [
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'X-Robots-Tag', value: 'noindex' },
      ],
    })),
  ],
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
