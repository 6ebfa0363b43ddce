import { z } from 'zod';

/** Set by `recordPeerAddress` from the socket, over anything that a client sent under this name. */
export const PEER_ADDRESS_HEADER = 'x-convene-peer-address';

const ipSchema = z.union([z.ipv4(), z.ipv6()]);

/** Proxies may add a port or brackets; an IPv4-mapped IPv6 address is the IPv4 one. */
const plainAddress = (text: string): string =>
  text
    .trim()
    .replace(/^\[(.+)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

/**
 * The address of the visitor. Without proxies of ours it is the connection's, and `X-Forwarded-For` is ignored since
 * anyone may send it; behind `trustedProxyHops` of them it is the entry that the outermost appended.
 */
export const clientIpOf = (headers: Headers, trustedProxyHops: number): string | null => {
  const candidate =
    trustedProxyHops === 0
      ? headers.get(PEER_ADDRESS_HEADER)
      : (headers.get('x-forwarded-for') ?? '').split(',').at(-trustedProxyHops);
  return ipSchema.safeParse(plainAddress(candidate ?? '')).data ?? null;
};
