import { describe, expect, it } from 'vitest';
import { archiveFiltersSchema, archiveUrl } from './archiveUrl';
import { contentSecurityPolicy } from './contentSecurityPolicy';
import { chooseLocale } from './i18n/chooseLocale';
import { pagesAround } from './pagesAround';
import { jsonForScript } from './structuredData';

describe('the address of an archive', () => {
  it('holds what is filtered and nothing else', () => {
    expect(archiveUrl('events')).toBe('/events');
    expect(archiveUrl('events', { city: 'iasi', type: undefined, page: 1 })).toBe('/events?city=iasi');
    expect(archiveUrl('services', { city: 'iasi', type: 'dj', page: 3 })).toBe('/services?city=iasi&type=dj&page=3');
  });

  it('is read tolerantly: what makes no sense is no filter', () => {
    expect(archiveFiltersSchema.parse({ city: 'iasi', type: 'dj', page: '3' })).toEqual({
      city: 'iasi',
      type: 'dj',
      page: 3,
    });
    for (const page of ['0', '-1', 'x', '1e9', '', undefined]) {
      expect(archiveFiltersSchema.parse({ city: '', type: '../etc', page })).toEqual({ page: 1 });
    }
    expect(archiveFiltersSchema.parse({ city: ['iasi', 'cluj'], page: ['2', '3'] })).toEqual({ city: 'iasi', page: 2 });
  });
});

describe('pagesAround', () => {
  it('offers the ends and the neighbours', () => {
    expect(pagesAround(1, 1)).toEqual([1]);
    expect(pagesAround(1, 2)).toEqual([1, 2]);
    expect(pagesAround(3, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(pagesAround(1, 9)).toEqual([1, 2, 3, 4, 'gap-after', 9]);
    expect(pagesAround(5, 9)).toEqual([1, 'gap-before', 4, 5, 6, 'gap-after', 9]);
    expect(pagesAround(9, 9)).toEqual([1, 'gap-before', 6, 7, 8, 9]);
  });

  it('offers every page once, in order, whatever the page', () => {
    for (let pages = 1; pages <= 12; pages += 1) {
      for (let page = 1; page <= pages; page += 1) {
        const numbers = pagesAround(page, pages).filter((entry) => typeof entry === 'number');
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(numbers).toEqual(expect.arrayContaining([1, page, pages]));
      }
    }
  });
});

describe('chooseLocale', () => {
  it("prefers the visitor's choice, then the browser's order, then English", () => {
    expect(chooseLocale('ro', 'en-GB')).toBe('ro');
    expect(chooseLocale(undefined, 'ro-RO,ro;q=0.9,en;q=0.8')).toBe('ro');
    expect(chooseLocale(undefined, 'de-DE, ro;q=0.3, en;q=0.5')).toBe('en');
    expect(chooseLocale('xx', 'ro;q=0, fr')).toBe('en');
    expect(chooseLocale(undefined, null)).toBe('en');
  });
});

describe('what stands inside a script element', () => {
  it('cannot end it', () => {
    const text = jsonForScript({ name: '</script><script>alert(1)</script><!--' });
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual({ name: '</script><script>alert(1)</script><!--' });
  });
});

describe('the content security policy', () => {
  it('lets only scripts with the nonce run, and evaluates code in development alone', () => {
    const policy = (isDevelopment: boolean) =>
      contentSecurityPolicy({ nonce: 'abc', imageOrigin: 'https://api.example', isDevelopment });
    expect(policy(false)).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy(false)).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(policy(true)).toContain("'unsafe-eval'");
  });
});
