import type { ListingKind } from '@convene/common/listings';
import type { CollectionBeforeOperationHook } from 'payload';
import { z } from 'zod';
import { sqlOfRequest } from '../../utils/sqlOfRequest';

const targetSchema = z.object({ id: z.coerce.number().int().positive() });

/**
 * Lets one change of a document at a time read what it changes: of two decisions at once the second finds the first
 * one's. Held until the request's transaction ends.
 */
export const lockRow =
  (
    table: ListingKind | 'bookings' | 'claims' | 'contact_messages' | 'reports' | 'reviews' | 'users' | 'verifications',
  ): CollectionBeforeOperationHook =>
  async ({ args, operation, req }) => {
    const target = targetSchema.safeParse(args);
    if (operation !== 'update' || !target.success) return args;
    const sql = await sqlOfRequest(req);
    // Of accounts many rows speak, and go on being written meanwhile.
    const lock = table === 'users' ? 'NO KEY UPDATE' : 'UPDATE';
    await sql.query(`SELECT FROM ${table} WHERE id = $1 FOR ${lock}`, [target.data.id]);
    return args;
  };
