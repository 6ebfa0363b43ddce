import type { MetadataRoute } from 'next';
import { env } from '@/env';

export const dynamic = 'force-dynamic';

const robots = (): MetadataRoute.Robots => ({
  rules: {
    userAgent: '*',
    allow: '/',
    disallow: [
      '/account',
      '/sign-in',
      '/forgot',
      '/reset',
      '/verify',
      '/unsubscribe',
      '/confirm-email',
      '/claim',
      '/report',
      '/check-mail',
      '/collect',
      '/search',
      '/suggest',
    ],
  },
  sitemap: `${env.FRONTEND_URL}/sitemap.xml`,
});

export default robots;
