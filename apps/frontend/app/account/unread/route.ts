import { getMarks } from '@/lib/backend/marks';

/** GET /account/unread: how many messages nobody has read yet; null for who is not signed in, or while it can't be told. */
export const GET = async (): Promise<Response> =>
  Response.json({ unread: (await getMarks())?.unreadMessages ?? null }, { headers: { 'cache-control': 'no-store' } });
