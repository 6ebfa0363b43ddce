import { errorAnswerSchema } from '@convene/common/errors';

export type Posted = { ok: true; body: unknown } | { ok: false; message: string };

/** Asks the backend to do something, and tells in words why it did not. */
export const postAction = async (
  path: string,
  { method = 'POST', body }: { method?: string; body?: unknown } = {},
): Promise<Posted> => {
  const answer = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => null);
  if (!answer) return { ok: false, message: 'The server can’t be reached. Try again.' };
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) return { ok: true, body: said };
  const told = errorAnswerSchema.safeParse(said).data?.error.message;
  return { ok: false, message: told ?? `The server answered ${answer.status}.` };
};
