import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { listingKinds } from '@convene/common/listings';
import { SESSION_COOKIE } from '../session/sessionCookieName';
import { WAITING_SRC, WAITING_TYPE } from './marks';

/*
 * Pages that are read more than anything is done on them come without their scripts: what runs React is 120 kB, half a
 * second of a phone's time, and nothing of what is seen needs it. A small script in the page has the rest come at the first
 * sign of somebody (starter.ts). Next has no way to ask for that, so the tags are changed in what it sends. Where this
 * does not run (on hosts that start Next's functions by themselves), or should Next write its tags in another way, the
 * scripts come with the page.
 */

const SCRIPT_TAG = /<script (?=[^>]* async)(?![^>]* noModule)([^>]*?)src="(\/_next\/static\/[^"]+)"([^>]*)>/g;
const PRELOAD_TAG = /<link rel="preload" as="script"[^>]* href="\/_next\/static\/[^"]+"[^>]*>/g;
const NONCE = / nonce="([^"]+)"/;

const readPages = new RegExp(
  `^/(?:(?:${listingKinds.join('|')})(?:/[^/]+|(?:/type/[^/]+)?(?:/in/[^/]+)?)?|people/[^/]+)?$`,
);
/** A map is all script. */
const isMap = (query: string): boolean => new URLSearchParams(query).get('view') === 'map';

/** May the scripts of what is asked for wait? Not for somebody signed in, who came to do something. */
export const mayWait = ({ method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): boolean => {
  const [pathname = '', query = ''] = (url ?? '').split('?', 2);
  return (
    method === 'GET' &&
    readPages.test(pathname) &&
    !isMap(query) &&
    // Next's own requests are for something else than documents.
    headers['rsc'] === undefined &&
    !(headers.cookie ?? '').split(/;\s*/).some((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
  );
};

const [TAG_OPENS, TAG_ENDS] = ['<', '>'].map((sign) => sign.charCodeAt(0)) as [number, number];

/**
 * Changes a document that comes in pieces, each piece when it comes; a tag may begin in one and end in the next. Most pieces
 * have none of the tags, and pass as they are. In the others bytes are taken for Latin-1, of which each is a character: what
 * is looked for is ASCII.
 */
export const scriptHolder = (starter: string) => {
  let rest: Buffer = Buffer.alloc(0);
  let isInPlace = false;
  const change = (whole: Buffer): Buffer => {
    if (!whole.includes('src="/_next/static/') && !whole.includes('as="script"')) return whole;
    const text = whole
      .toString('latin1')
      .replace(PRELOAD_TAG, '')
      .replace(SCRIPT_TAG, (_tag, before: string, src: string, after: string) => {
        const waiting = `<script type="${WAITING_TYPE}" ${before}${WAITING_SRC}="${src}"${after}>`;
        if (isInPlace) return waiting;
        isInPlace = true;
        const nonce = NONCE.exec(`${before}${after}`)?.[0] ?? '';
        return `<script${nonce}>${starter}</script>${waiting}`;
      });
    return Buffer.from(text, 'latin1');
  };
  return {
    push: (piece: Uint8Array): Buffer => {
      const come = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      const all = rest.length > 0 ? Buffer.concat([rest, come]) : come;
      const lastTag = all.lastIndexOf(TAG_OPENS);
      const end = lastTag > all.lastIndexOf(TAG_ENDS) ? lastTag : all.length;
      // A copy: whose memory it is may be written anew.
      rest = Buffer.from(all.subarray(end));
      return change(all.subarray(0, end));
    },
    end: (): Buffer => {
      const last = change(rest);
      rest = Buffer.alloc(0);
      return last;
    },
  };
};

/** What the build left to be put into pages; null where it left nothing. */
export const readStarter = (file = path.resolve('.next/starter.js')): string | null =>
  // The bundler would take along whatever may be meant.
  existsSync(/* turbopackIgnore: true */ file) ? readFileSync(/* turbopackIgnore: true */ file, 'latin1') : null;

const bytesOf = (chunk: string | Uint8Array, encoding: unknown): Uint8Array =>
  typeof chunk === 'string'
    ? Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8')
    : chunk;

const isCallback = (value: unknown): boolean => typeof value === 'function';

/** Has the scripts of a page wait, where they may. To be called before anything is answered. */
export const holdScripts = (request: IncomingMessage, response: ServerResponse, starter: string): void => {
  if (!mayWait(request)) return;
  const holder = scriptHolder(starter);
  const { write, end } = response;
  // Asked once, with the first piece: what stands around us takes headers off then.
  let verdict: boolean | undefined;
  const isPage = (): boolean => {
    verdict ??=
      response.statusCode === 200 &&
      String(response.getHeader('content-type')).startsWith('text/html') &&
      !response.hasHeader('content-length');
    return verdict;
  };
  const isData = (value: unknown): value is string | Uint8Array =>
    typeof value === 'string' || value instanceof Uint8Array;
  Object.assign(response, {
    write: (...args: unknown[]): boolean => {
      const [chunk, encoding] = args;
      if (!isData(chunk) || !isPage()) return Reflect.apply(write, response, args);
      return Reflect.apply(write, response, [holder.push(bytesOf(chunk, encoding)), ...args.filter(isCallback)]);
    },
    end: (...args: unknown[]): ServerResponse => {
      const [chunk, encoding] = args;
      if (!isPage()) return Reflect.apply(end, response, args);
      const last = Buffer.concat([...(isData(chunk) ? [holder.push(bytesOf(chunk, encoding))] : []), holder.end()]);
      return Reflect.apply(end, response, [...(last.length > 0 ? [last] : []), ...args.filter(isCallback)]);
    },
  });
};
