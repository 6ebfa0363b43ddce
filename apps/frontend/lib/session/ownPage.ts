import 'server-only';
import { listingKindSchema } from '@convene/common/listings';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import type { Attempt } from '@/lib/backend/attempt';
import { isConveneError } from '@/lib/backend/errors';
import type { OwnRef } from '@/lib/backend/ownListings';
import { readAs } from './requireSession';

export type OwnListingParams = Promise<{ kind: string; id: string }>;

const paramsSchema = z.object({
  kind: listingKindSchema,
  id: z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number),
});

/** The listing that a page of an owner's is about; what is no such address leads to the 404 page. */
export const ownRefOf = async (params: OwnListingParams): Promise<OwnRef> => {
  const parsed = paramsSchema.safeParse(await params);
  if (!parsed.success) notFound();
  return parsed.data;
};

/** Reads on behalf of the signed-in owner; somebody else's listing is as good as none. */
export const readOwn = async <T>(path: string, read: (token: string) => Promise<T>): Promise<Attempt<T>> => {
  try {
    return await readAs(path, read);
  } catch (error) {
    if (isConveneError(error) && (error.code === 'not-found' || error.code === 'invalid-input')) notFound();
    throw error;
  }
};
