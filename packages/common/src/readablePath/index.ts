import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';

const isReadable = (segment: string): boolean => {
  try {
    decodeURIComponent(segment);
    return true;
  } catch {
    return false;
  }
};

/** A request's target, with the segments of its path that no decoder takes meaning just what stands there. */
export const readablePath = (target: string): string => {
  if (!target.includes('%')) return target;
  const query = target.indexOf('?');
  const path = query < 0 ? target : target.slice(0, query);
  if (isReadable(path)) return target;
  const segments = path.split('/').map((each) => (isReadable(each) ? each : each.replaceAll('%', '%25')));
  return segments.join('/') + target.slice(path.length);
};

/**
 * Next decodes a path by what throws, and answers 500 to what anybody can type: a percent sign without its digits. Here
 * such a sign is read as itself, so that nothing is found by it. To be called once a process, for all of its servers.
 */
export const readPathsAsTheyStand = (): void => {
  subscribe('http.server.request.start', (message) => {
    const request = typeof message === 'object' && message !== null && 'request' in message ? message.request : null;
    if (request instanceof IncomingMessage && request.url) request.url = readablePath(request.url);
  });
};
