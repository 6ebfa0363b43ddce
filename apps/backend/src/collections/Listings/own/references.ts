import type { ListingInput } from '@convene/common/api';
import type { ErrorIssue } from '@convene/common/errors';
import type { SqlExecutor } from '@convene/coordination';
import { z } from 'zod';

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
