import { describe, expect, it } from 'vitest';
import { clientIpOf, PEER_ADDRESS_HEADER } from './index';

const ipOf = (hops: number, headers: Record<string, string>) => clientIpOf(new Headers(headers), hops);

describe('clientIpOf', () => {
  it('is the connection without proxies, whatever the client forwards', () => {
    const headers = { [PEER_ADDRESS_HEADER]: '203.0.113.9', 'x-forwarded-for': '10.0.0.1' };
    expect(ipOf(0, headers)).toBe('203.0.113.9');
    expect(ipOf(0, { 'x-forwarded-for': '10.0.0.1' })).toBeNull();
  });

  it('is what the outermost trusted proxy appended', () => {
    const headers = { [PEER_ADDRESS_HEADER]: '10.0.0.2', 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 10.0.0.3' };
    expect(ipOf(1, headers)).toBe('10.0.0.3');
    expect(ipOf(2, headers)).toBe('203.0.113.9');
    expect(ipOf(4, headers)).toBeNull();
  });

  it('takes addresses as proxies and sockets write them', () => {
    const plain = (address: string) => ipOf(0, { [PEER_ADDRESS_HEADER]: address });
    expect(plain('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(plain('203.0.113.9:4711')).toBe('203.0.113.9');
    expect(plain('[2001:db8::1]:443')).toBe('2001:db8::1');
    expect(plain('2001:db8::1')).toBe('2001:db8::1');
    expect(plain('unknown')).toBeNull();
    expect(plain('')).toBeNull();
  });
});
