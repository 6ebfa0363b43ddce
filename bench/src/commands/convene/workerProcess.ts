import { z } from 'zod';
import { importApp, talk } from './childSide';

/* The worker as it is started in production, and ended with the bench. */

const { ready } = talk(() => ({}));
await importApp('worker/src/index.ts', z.object({}));
ready();
