import { readFile, writeFile } from 'node:fs/promises';
import { documentPath, withRules } from '../docs/accessDocument';

/* Writes the rules of docs/access.md from the table that the tests hold the backend to: `pnpm docs:access`. */

await writeFile(documentPath, withRules(await readFile(documentPath, 'utf8')));
