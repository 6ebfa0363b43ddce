import { cp } from 'node:fs/promises';
import path from 'node:path';

/* Next leaves the browser's files out of its standalone server; with them in their place it serves all by itself. */
const app = path.resolve(import.meta.dirname, '..');
await cp(path.join(app, '.next/static'), path.join(app, '.next/standalone/apps/frontend/.next/static'), {
  recursive: true,
  force: true,
});
