import { writeFile } from 'node:fs/promises';
import path from 'node:path';

// The schemas are wanted, not an environment: the apps' env files then take stand-ins for what is not set.
// biome-ignore lint/style/noProcessEnv: it is written, not read
process.env['NEXT_PHASE'] = 'phase-production-build';

const { loadAppShapes } = await import('./appShapes');
const { envExample } = await import('./envExample');
await writeFile(path.resolve(import.meta.dirname, '../.env.example'), envExample(await loadAppShapes()));
