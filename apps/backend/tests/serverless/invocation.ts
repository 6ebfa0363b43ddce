/*
 * One request in a process of its own, as a host without a process that lives runs it: the route's module is loaded,
 * it answers, and the process is gone without a word. What is asked for comes by standard input.
 */
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const invocationSchema = z.object({
  /** Below src/app. */
  route: z.string(),
  method: z.enum(['GET', 'POST']),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.string()),
  body: z.unknown().optional(),
});

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const { route, method, url, headers, params, body } = invocationSchema.parse(JSON.parse(await text(process.stdin)));
const module: Record<typeof method, Handler> = await import(`../../src/app/${route}/route.ts`);
const request = new Request(url, {
  method,
  headers: { 'content-type': 'application/json', ...headers },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const answer = await module[method](request, { params: Promise.resolve(params) });
process.stdout.write(`${JSON.stringify({ status: answer.status, body: await answer.json() })}\n`, () => {
  // No SIGTERM, no last words.
  process.kill(process.pid, 'SIGKILL');
});
