import { failedStatuses } from '@convene/common/decisions';
import { z } from 'zod';
import { daysSchema } from '../components/utcDays';

/** What the address of the page says; what makes no sense is left out of account. */
export const notificationsQuerySchema = z.object({
  days: daysSchema.catch(30),
  status: z.enum(failedStatuses).optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
  address: z.string().trim().max(254).optional().catch(undefined),
});
export type NotificationsQuery = z.output<typeof notificationsQuerySchema>;

export const notificationsHref = (query: Partial<NotificationsQuery>, anchor = ''): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, String(value));
  return `/admin/notifications${search.size ? `?${search}` : ''}${anchor}`;
};
