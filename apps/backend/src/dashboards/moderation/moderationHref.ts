import { z } from 'zod';
import { subjects } from './subjects';

export const moderationQuerySchema = z.object({
  subject: z.enum(subjects).optional().catch(undefined),
  text: z.string().trim().max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type ModerationQuery = z.output<typeof moderationQuerySchema>;

/** The address of the queue by these filters. */
export const moderationHref = ({ subject, text, page = 1 }: Partial<ModerationQuery>): string => {
  const query = new URLSearchParams({
    ...(subject ? { subject } : {}),
    ...(text ? { text } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  });
  return `/admin/moderation${query.size ? `?${query}` : ''}`;
};
