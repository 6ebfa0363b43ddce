import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './contentSecurityPolicy';
import { chooseLocale } from './i18n/chooseLocale';
import { pagesAround } from './pagesAround';
import { jsonForScript } from './structuredData';

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

  it('lets images come from where map tiles do, and from nowhere else by plain http', () => {
    const images = (tileOrigin?: string) =>
      contentSecurityPolicy({ nonce: 'abc', imageOrigin: 'https://api.example', tileOrigin, isDevelopment: false })
        .split('; ')
        .find((rule) => rule.startsWith('img-src'));
    expect(images()).toBe("img-src 'self' data: blob: https: https://api.example");
    expect(images('http://tiles.example')).toBe(
      "img-src 'self' data: blob: https: https://api.example http://tiles.example",
    );
  });
});
