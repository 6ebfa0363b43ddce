import { describe, expect, it } from 'vitest';
import { safeNextPath } from './safeNextPath';
import { type Session, sealSession, unsealSession } from './seal';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const now = new Date('2026-11-24T12:00:00Z');
const nowSeconds = now.getTime() / 1000;
const session: Session = {
  token: 'eyJhbGciOi.backend.token',
  userId: '7',
  roles: ['client', 'host'],
  displayName: 'Ana Mureșan',
  avatarUrl: null,
  expiresAt: nowSeconds + 7_200,
};

describe('a sealed session', () => {
  it('comes back as it was', async () => {
    const sealed = await sealSession(session, secret);
    expect(await unsealSession({ sealed, secret, now })).toEqual(session);
  });

  it('tells nothing to whoever holds the cookie', async () => {
    const sealed = await sealSession(session, secret);
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect([sealed, ...readable].join()).not.toMatch(/backend|Mure|host/);
  });

  it('is nobody when altered, sealed by another secret, or no seal at all', async () => {
    const sealed = await sealSession(session, secret);
    const at = Math.floor(sealed.length / 2);
    const altered = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
    expect(await unsealSession({ sealed: altered, secret, now })).toBeNull();
    expect(await unsealSession({ sealed, secret: `${secret}!`, now })).toBeNull();
    for (const text of ['', 'x', 'a.b.c.d.e', 'eyJhbGciOiJub25lIn0.e30.']) {
      expect(await unsealSession({ sealed: text, secret, now })).toBeNull();
    }
  });

  it('ends when the session ends', async () => {
    const sealed = await sealSession(session, secret);
    const at = (seconds: number) => new Date((session.expiresAt + seconds) * 1000);
    expect(await unsealSession({ sealed, secret, now: at(-1) })).toEqual(session);
    expect(await unsealSession({ sealed, secret, now: at(1) })).toBeNull();
  });
});

describe('safeNextPath', () => {
  it('keeps paths of this site', () => {
    for (const path of ['/', '/account/listings', '/events?city=iasi&page=2#top', '/a//b']) {
      expect(safeNextPath(path, '/account')).toBe(path);
    }
  });

  it('falls back for everything that could lead elsewhere', () => {
    const hostile = [
      undefined,
      null,
      '',
      'account',
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/\n//evil.example',
      '/..//evil.example',
      '/./\\evil.example',
      'javascript:alert(1)',
      ['/account'],
    ];
    for (const next of hostile) expect(safeNextPath(next, '/account')).toBe('/account');
  });
});
