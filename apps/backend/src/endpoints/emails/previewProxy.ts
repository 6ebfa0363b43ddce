import { ConveneError } from '@convene/common/errors';
import { locales } from '@convene/common/listings';
import { isNotificationType } from '@convene/common/notifications';
import { z } from 'zod';
import { env } from '../../env';
import { logger } from '../../utils/logger';
import type { RouteHandler } from '../http';
import { requireStaff } from '../requireStaff';

const TIMEOUT_MS = 5_000;

const pathSchema = z.tuple([
  z.string().refine(isNotificationType),
  z.enum(locales),
  z.enum(['html', 'light', 'dark', 'text']),
]);

/** A mail is shown as a mail program does: without scripts, forms and requests, but for its pictures. */
const CONTENT_SECURITY_POLICY =
  "sandbox allow-popups; default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; font-src https: data:; frame-ancestors 'self'";

const shown = ({ status, type, body }: { status: number; type: string; body: string }): Response =>
  new Response(body, {
    status,
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
  });

/** Seen in the frame in which the mail would be, so it is a page rather than JSON. */
const apology = (status: number, message: string): Response =>
  shown({
    status,
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>No preview</title><body style="font: 1rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 32rem; padding: 0 1rem"><h1 style="font-size: 1.25rem">No preview</h1><p>${message}</p>`,
  });

/**
 * GET /api/emails/{type}/{locale}/{html|light|dark|text}: a mail as it looks, of the worker, for staff. The worker is
 * asked by its bearer token, which no browser comes to see.
 */
export const emailPreview: RouteHandler<{ path: string[] }> = async (request, { params }) => {
  await requireStaff(request);
  const { path } = await params;
  const parsed = pathSchema.safeParse(path);
  if (!parsed.success) throw new ConveneError('not-found', 'There is no such mail.');
  const { WORKER_URL, EMAIL_PREVIEWS_TOKEN } = env;
  if (!WORKER_URL || !EMAIL_PREVIEWS_TOKEN) {
    return apology(
      503,
      'WORKER_URL and EMAIL_PREVIEWS_TOKEN are not set: the backend does not know where the worker is.',
    );
  }
  try {
    const answer = await fetch(`${WORKER_URL}/emails/${parsed.data.join('/')}`, {
      headers: { Authorization: `Bearer ${EMAIL_PREVIEWS_TOKEN}` },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) {
      logger.warn({ status: answer.status }, 'the worker refused a preview');
      return apology(502, `The worker answered ${answer.status}. Has it the same EMAIL_PREVIEWS_TOKEN as the backend?`);
    }
    const type = parsed.data[2] === 'text' ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8';
    return shown({ status: 200, type, body: await answer.text() });
  } catch (error) {
    logger.warn({ err: error }, 'the worker can not be reached for a preview');
    return apology(
      503,
      'The worker can’t be reached at the moment. Mails wait in the outbox meanwhile; try again when it is back.',
    );
  }
};
