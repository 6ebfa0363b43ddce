import { z } from 'zod';

/** POST /api/feed-jobs/{name}: `ran` is false where another process is at it. */
export const runAnswerSchema = z.looseObject({ ran: z.boolean() });
