import { subscribe } from 'node:diagnostics_channel';
import { existsSync, readdirSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import { holdScripts, readStarter } from './onDemand/holdScripts';

const STATIC_PREFIX = '/_next/static/';
const contentTypes: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};

/** The addresses of which the build left a compressed copy in `directory`; none on hosts that compress by themselves. */
export const precompressedPaths = (directory: string): Set<string> =>
  new Set(
    existsSync(directory)
      ? readdirSync(directory, { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.br'))
          .map((file) => STATIC_PREFIX + file.slice(0, -'.br'.length).split(path.sep).join('/'))
      : [],
  );

const takesBrotli = (acceptEncoding: string | string[] | undefined): boolean =>
  String(acceptEncoding ?? '')
    .split(',')
    .some((entry) => /^\s*br\s*(?:;\s*q=(?:1(?:\.0*)?|0?\.0*[1-9]\d*))?\s*$/.test(entry));

/** Leads a request to the compressed copy of what it asks for, where there is one and the browser takes it. */
export const preferCompressed = (
  request: Pick<IncomingMessage, 'method' | 'headers'> & { url?: string | undefined },
  response: Pick<ServerResponse, 'setHeader'>,
  paths: Set<string>,
): void => {
  const [pathname = '', query] = (request.url ?? '').split('?');
  const contentType = contentTypes[path.extname(pathname)];
  if (!contentType || !paths.has(pathname) || (request.method !== 'GET' && request.method !== 'HEAD')) return;
  response.setHeader('Vary', 'Accept-Encoding');
  if (!takesBrotli(request.headers['accept-encoding'])) return;
  request.url = `${pathname}.br${query === undefined ? '' : `?${query}`}`;
  response.setHeader('Content-Encoding', 'br');
  response.setHeader('Content-Type', contentType);
};

/**
 * Pages are compressed as they are made, by Brotli where the browser takes it: its window, other than gzip's, spans a whole
 * page, and much of a page stands in it twice, as what is shown and as what React takes it over by.
 */
const compressAnswer = compression({
  brotli: {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      // 512 kB: the largest of our pages, and what is held for each reader until it has it all.
      [constants.BROTLI_PARAM_LGWIN]: 19,
    },
  },
});

/**
 * Next's own server compresses by gzip, and scripts anew for each visitor. Where the build has left copies compressed by
 * Brotli, they are served in place of that, and pages are compressed here. Node announces every request before Next
 * handles it. Pages that are read have their scripts wait there too. To be called once a process.
 */
export const serveCompressed = (directory = path.resolve('.next/static'), starter = readStarter()): void => {
  const paths = precompressedPaths(directory);
  subscribe('http.server.request.start', (message) => {
    if (typeof message !== 'object' || message === null || !('request' in message) || !('response' in message)) return;
    const { request, response } = message;
    if (!(request instanceof IncomingMessage) || !(response instanceof ServerResponse)) return;
    preferCompressed(request, response, paths);
    compressAnswer(request, response, () => undefined);
    // What is changed here is compressed by the line above.
    if (starter) holdScripts(request, response, starter);
  });
};
