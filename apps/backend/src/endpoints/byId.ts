import { parseInput } from '@convene/common/errors';
import { z } from 'zod';

export type ById = { id: string };

const idSchema = z.coerce.number().int().positive().max(2_147_483_647);

/** @throws ConveneError invalid-input where the path names no number */
export const idOfPath = async (params: Promise<ById>): Promise<number> =>
  parseInput(idSchema, (await params).id, 'The number in the address');
