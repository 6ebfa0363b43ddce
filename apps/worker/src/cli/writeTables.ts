import { readFile, writeFile } from 'node:fs/promises';
import { documentPath } from '../docs/document';
import { eventTable, withEventTable } from '../docs/eventTable';
import { scheduleTable, withScheduleTable } from '../docs/scheduleTable';

/* Writes the tables of docs/notifications.md from the code: `pnpm docs:notifications`. */

const document = await readFile(documentPath, 'utf8');
await writeFile(documentPath, withScheduleTable(withEventTable(document, await eventTable()), scheduleTable()));
