import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import { PEER_ADDRESS_HEADER } from '../clientIp/index';

/** Puts the socket's address on a request, in place of whatever the client sent under that name. */
const putAddressOn = (request: IncomingMessage): void => {
  const address = request.socket.remoteAddress ?? '';
  // Before the raw headers are touched: these are made of them when somebody first asks, by their number at arrival.
  request.headers[PEER_ADDRESS_HEADER] = address;
  const { rawHeaders } = request;
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() === PEER_ADDRESS_HEADER) rawHeaders.splice(index, 2);
  }
  rawHeaders.push(PEER_ADDRESS_HEADER, address);
};

/**
 * Next hides the socket from route handlers, and its X-Forwarded-For is the client's own word where no proxy stands
 * in front. Node announces every request before anyone handles it: there the address is put on it. To be called once
 * a process, for all of its servers.
 */
export const recordPeerAddress = (): void => {
  subscribe('http.server.request.start', (message) => {
    const request = typeof message === 'object' && message !== null && 'request' in message ? message.request : null;
    if (request instanceof IncomingMessage) putAddressOn(request);
  });
};
