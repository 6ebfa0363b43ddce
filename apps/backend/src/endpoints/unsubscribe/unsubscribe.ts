import { type Subscription, unsubscribeSchema } from '@convene/common/api';
import { ConveneError } from '@convene/common/errors';
import { openUnsubscribeToken, type UnsubscribeTarget } from '@convene/common/unsubscribe';
import { z } from 'zod';
import { env } from '../../env';
import { jsonAnswer, type RouteHandler, readJson, readQuery, readText } from '../http';
import { endSubscription } from './endSubscription';

const tokenQuerySchema = z.object({ token: z.string().max(1_000) });
const MAX_BODY_BYTES = 4_096;

/** @throws ConveneError invalid-token */
const targetOf = (token: string): UnsubscribeTarget => {
  const target = openUnsubscribeToken(token, env.UNSUBSCRIBE_SECRET);
  if (!target) throw new ConveneError('invalid-token', 'This link does not unsubscribe from anything.');
  return target;
};

/** What RFC 8058 has a mail provider send: one field, as a form of either kind. */
const isOneClick = async (request: Request): Promise<boolean> => {
  const type = request.headers.get('content-type') ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return false;
  const text = await readText(request, MAX_BODY_BYTES);
  const form = await new Response(text, { headers: { 'content-type': type } }).formData().catch((cause: unknown) => {
    throw new ConveneError('invalid-input', 'The form can not be read.', { cause });
  });
  return form.get('List-Unsubscribe') === 'One-Click';
};

/** The token of a mail provider's one click is in the address that the mail named, the site's in the body. */
const tokenOf = async (request: Request): Promise<string> => {
  if (/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return (await readJson(request, unsubscribeSchema)).token;
  }
  if (!(await isOneClick(request))) {
    throw new ConveneError('invalid-input', 'This takes List-Unsubscribe=One-Click, as RFC 8058 has it.');
  }
  return readQuery(request, tokenQuerySchema).token;
};

/**
 * POST /api/unsubscribe?token=…: sends no more mails of the link's kind to its address. Works at once and for whoever
 * has the link: it came in a mail to that address. No limit of rate, since mail providers call from few addresses and
 * a token can't be guessed.
 */
export const unsubscribe: RouteHandler = async (request) => {
  await endSubscription(targetOf(await tokenOf(request)));
  return jsonAnswer({});
};

/** GET /api/unsubscribe?token=…: a person who follows the link is asked by the site, and so is whatever opens links. */
export const askToUnsubscribe: RouteHandler = (request) => {
  const { token } = readQuery(request, tokenQuerySchema);
  const headers = { Location: `${env.FRONTEND_URL}/unsubscribe?${new URLSearchParams({ token })}` };
  return new Response(null, { status: 303, headers: { ...headers, 'Cache-Control': 'no-store' } });
};

/** Enough to be recognised by whoever has the mailbox. */
const hinted = (email: string): string => email.replace(/^(.).*@/, '$1…@');

/** GET /api/unsubscribe/subscription?token=…: what the link would unsubscribe from. */
export const subscription: RouteHandler = (request) => {
  const { email, category } = targetOf(readQuery(request, tokenQuerySchema).token);
  return jsonAnswer({ category, address: hinted(email) } satisfies Subscription);
};
