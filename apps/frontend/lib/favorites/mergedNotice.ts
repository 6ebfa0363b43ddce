import { z } from 'zod';

/** For the one page after signing in: what became of the favourites that were saved before. Its reader removes it. */
export const MERGED_COOKIE = 'convene_merged';
export const MERGED_MAX_AGE_SECONDS = 60;

export type Merged = { added: number; gone: number };

const mergedSchema = z
  .string()
  .regex(/^\d{1,2}\.\d{1,2}$/)
  .transform((text) => text.split('.').map(Number));

export const writeMerged = ({ added, gone }: Merged): string => `${added}.${gone}`;

/** Null for what this site has not written. */
export const readMerged = (value: string | undefined): Merged | null => {
  const [added, gone] = mergedSchema.safeParse(value).data ?? [];
  return added === undefined || gone === undefined ? null : { added, gone };
};
