import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { documentPath, withRules } from './accessDocument';

it('docs/access.md has the rules of the table (write it anew by `pnpm docs:access`)', async () => {
  const document = await readFile(documentPath, 'utf8');
  expect(document).toBe(withRules(document));
});
