import { createTranslator } from 'next-intl';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import en from '@/messages/en.json';
import { type FixtureBackend, startFixtureBackend } from './fixtureBackend';

vi.mock('next-intl/server', () => ({ getTranslations: async () => createTranslator({ locale: 'en', messages: en }) }));

describe('what the search box asks', () => {
  let backend: FixtureBackend;

  beforeAll(async () => {
    backend = await startFixtureBackend();
    vi.stubEnv('BACKEND_URL', backend.origin);
    vi.resetModules();
  });
  afterEach(() => backend.failWith(null));
  afterAll(async () => {
    vi.unstubAllEnvs();
    await backend.stop();
  });

  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const [{ GET }, { NextRequest }] = await Promise.all([import('@/app/suggest/route'), import('next/server')]);
    const answer = await GET(new NextRequest(`http://localhost:3000/suggest?${query}`, { headers }));
    return { status: answer.status, body: await answer.json() };
  };

  it('is answered in words that lead somewhere, with diacritics or without', async () => {
    const { status, body } = await ask('text=timis&kind=events');
    expect(status).toBe(200);
    expect(body.items).toEqual([{ href: '/events/in/timisoara', label: 'Timișoara', note: 'Events there · Romania' }]);
    expect(body.said).toBe('1 suggestion. Use the arrow keys.');
    expect((await ask('text=no-such-thing-anywhere')).body).toEqual({ items: [], said: 'No suggestions.' });
    expect((await ask('text=con')).body.items.slice(0, 3)).toEqual([
      { href: '/locations/in/constanta', label: 'Constanța', note: 'Locations there · Romania' },
      { href: '/locations/type/conference-room', label: 'Conference room', note: 'Locations · 10 listings' },
      { href: '/events/type/concert', label: 'Concert', note: 'Events · 10 listings' },
    ]);
    expect((await ask('text=tannery')).body.items[0]).toEqual({
      href: '/locations/the-tannery',
      label: 'The Tannery',
      note: 'Location · Bucharest',
    });
  });

  it('is refused without a text, with one that is too long, or for a kind that there is not', async () => {
    for (const query of ['', 'text=', `text=${'x'.repeat(101)}`, 'text=a&kind=boats']) {
      expect(await ask(query)).toMatchObject({ status: 400, body: { error: { code: 'invalid-input' } } });
    }
  });

  it('is answered soon while the backend is away, so that the form is used instead', async () => {
    backend.failWith('unavailable');
    expect(await ask('text=never-asked-before')).toMatchObject({
      status: 503,
      body: { error: { code: 'unavailable' } },
    });
  });
});
