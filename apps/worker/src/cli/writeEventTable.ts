import { readFile, writeFile } from 'node:fs/promises';
import { documentPath, eventTable, withEventTable } from '../docs/eventTable';

/* Writes the table of docs/notifications.md from the registry: `pnpm docs:notifications`. */

const document = await readFile(documentPath, 'utf8');
await writeFile(documentPath, withEventTable(document, await eventTable()));
