import type { ListingInput } from '@convene/common/api';
import type { ErrorIssue } from '@convene/common/errors';
import type { SqlExecutor } from '@convene/coordination';
import type { PayloadRequest } from 'payload';
import { z } from 'zod';
import type { User } from '../../../payload-types';
import { sqlOfRequest } from '../../../utils/sqlOfRequest';
import { UNDESCRIBED } from './contentOf';

const foundSchema = z.object({
  city: z.boolean(),
  type: z.boolean(),
  facilities: z.number().int(),
  pictures: z.array(z.number().int()),
});

/**
 * What a listing names that there is not, or that is not its owner's to show; by one statement.
 *
 * @param options.owned pictures that stand in the listing already
 */
export const checkReferences = async (
  sql: SqlExecutor,
  { input, userId, owned }: { input: ListingInput; userId: number; owned: number[] },
): Promise<ErrorIssue[]> => {
  const facilityIds = input.kind === 'locations' ? [...new Set(input.facilityIds)] : [];
  const { rows } = await sql.query<{ found: unknown }>(
    `SELECT jsonb_build_object(
       'city', EXISTS (SELECT FROM cities WHERE id = $1::int),
       'type', EXISTS (SELECT FROM listing_types WHERE id = $2::int AND kind::text = $3),
       'facilities', (SELECT count(*) FROM facilities WHERE id = ANY ($4::int[])),
       'pictures', (SELECT coalesce(jsonb_agg(id), '[]') FROM media
                    WHERE id = ANY ($5::int[]) AND deleted_at IS NULL AND (uploaded_by_id = $6 OR id = ANY ($7::int[])))
     ) AS found`,
    [input.cityId, input.typeId, input.kind, facilityIds, input.gallery.map(({ id }) => id), userId, owned],
  );
  const found = foundSchema.parse(rows[0]?.found);
  const message = 'is not known';
  return [
    ...(input.cityId !== null && !found.city ? [{ path: 'cityId', message }] : []),
    ...(input.typeId !== null && !found.type ? [{ path: 'typeId', message }] : []),
    ...(found.facilities < facilityIds.length ? [{ path: 'facilityIds', message }] : []),
    ...input.gallery.flatMap(({ id }, index) =>
      found.pictures.includes(id) ? [] : [{ path: `gallery.${index}.id`, message }],
    ),
  ];
};

/** Keeps what the owner says their own pictures show; those of others stay as they are described. */
export const describePictures = async (
  req: PayloadRequest,
  user: User,
  gallery: ListingInput['gallery'],
): Promise<void> => {
  if (gallery.length === 0) return;
  await (await sqlOfRequest(req)).query(
    `UPDATE media SET alt = described.alt, updated_at = now()
     FROM unnest($1::int[], $2::text[]) AS described (id, alt)
     WHERE media.id = described.id AND media.uploaded_by_id = $3 AND media.alt IS DISTINCT FROM described.alt`,
    [gallery.map(({ id }) => id), gallery.map(({ alt }) => alt || UNDESCRIBED), user.id],
  );
};
