import { describe, expect, it, vi } from 'vitest';
import { openGraphOf } from './openGraphOf';

vi.mock('next-intl/server', () => ({
  getTranslations: async () => (key: string) => key,
  getLocale: async () => 'en',
}));

describe('what networks show of a page', () => {
  it("is the site's picture where the page draws none", async () => {
    expect(await openGraphOf({ title: 'Events' })).toMatchObject({
      title: 'Events',
      images: [{ url: '/opengraph-image' }],
    });
  });

  it('names no picture where the page draws its own, so that Next takes that one', async () => {
    const own = await openGraphOf({ title: 'Supper', hasOwnPicture: true });
    expect(own).toMatchObject({ title: 'Supper' });
    expect(own).not.toHaveProperty('images');
    expect(own).not.toHaveProperty('hasOwnPicture');
  });
});
