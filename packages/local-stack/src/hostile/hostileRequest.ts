import { Random } from './random';
import type { Target } from './targets';
import { hostileBody, hostileHeaders, hostileQuery, hostileSegment } from './values';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export type HostileRequest = {
  method: (typeof methods)[number];
  /** Path and query, as they stand in a request line. */
  address: string;
  /** The variable segments by their names, as they stand in the path. */
  params: Record<string, string>;
  headers: Record<string, string>;
  body: Buffer | null;
};

/** One request to the target that no browser of ours would send. The same seed makes the same. */
export const hostileRequest = (target: Target, seed: number): HostileRequest => {
  const random = new Random(seed);
  const method = target.body && random.chance(0.7) ? 'POST' : random.pick(methods);
  const params: Record<string, string> = {};
  const pathname = target.pattern.replace(/\[+(?:\.\.\.)?(\w+)\]+/g, (_, name: string) => {
    const segment = random.chance(0.2)
      ? random.pick(['locations', 'events', 'services', 'listing-1'])
      : hostileSegment(random);
    params[name] = segment;
    return segment;
  });
  const address = `${pathname}${hostileQuery(random)}`;
  const headers = hostileHeaders(random);
  const body = method === 'GET' ? null : hostileBody(target.body, random);
  if (body?.contentType) headers['content-type'] = body.contentType;
  return { method, address, params, headers, body: body?.bytes ?? null };
};

/** What no answer may be, whoever asked for whatever; null where it is none of that. */
export const faultOf = (status: number, text: string): string | null => {
  if (status >= 500) return `${status} ${text.slice(0, 200)}`;
  if (/\n\s+at .+\(.*:\d+:\d+\)/.test(text)) return 'a stack in the answer';
  return null;
};
