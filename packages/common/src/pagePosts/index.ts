/** As much as Next takes for a server action; files go to routes of their own. */
const MAX_FORM_BYTES = 1_048_576;

const refuse = (status: 400 | 403 | 413, message: string): Response =>
  new Response(message, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

/** By the same rule as Next, which takes a form of another site for a fault of ours. */
const isFromElsewhere = (headers: Headers): boolean => {
  const origin = headers.get('origin');
  if (origin === null) return false;
  const host = headers.get('x-forwarded-host')?.split(',')[0]?.trim() || headers.get('host');
  return !URL.canParse(origin) || new URL(origin).host !== host;
};

/** A form; or the arguments of an action, a list that React writes as JSON. */
const isReadable = async (request: Request, isForm: boolean): Promise<boolean> => {
  try {
    return isForm ? Boolean(await request.clone().formData()) : Array.isArray(JSON.parse(await request.clone().text()));
  } catch {
    return false;
  }
};

/**
 * What is answered to a post that can't be a form of an app's own pages, or null: one of another site, too large, or with a
 * body that is neither the form nor the call of an action that it says it is. Next answers 500 to each of these.
 */
export const refusalOfPost = async (request: Request): Promise<Response | null> => {
  const { headers, method } = request;
  if (method !== 'POST') return null;
  const isForm = (headers.get('content-type') ?? '').startsWith('multipart/form-data');
  if (!isForm && !headers.has('next-action')) return null;
  if (isFromElsewhere(headers)) return refuse(403, 'This form was sent from another site.');
  if (Number(headers.get('content-length') ?? 0) > MAX_FORM_BYTES) return refuse(413, 'This form is too large.');
  return (await isReadable(request, isForm)) ? null : refuse(400, 'This form can’t be read.');
};
