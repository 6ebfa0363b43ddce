import { methodNotAllowed } from '@/lib/request/answers';

export const dynamic = 'force-dynamic';

/** The process is alive. */
export const GET = (): Response => Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });

const refuse = methodNotAllowed('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
