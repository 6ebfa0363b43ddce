import path from 'node:path';
import type { NextConfig } from 'next';

const repositoryRoot = path.resolve(import.meta.dirname, '../..');

/** As the backend is built, without anything that the backend adds. */
const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repositoryRoot,
  turbopack: { root: repositoryRoot },
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
};

export default config;
