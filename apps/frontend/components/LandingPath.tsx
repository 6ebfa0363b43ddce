import { getTranslations } from 'next-intl/server';
import { env } from '@/env';
import type { ArchiveOfPage } from '@/lib/archive/archiveOfPage';
import { namesOfArchive } from '@/lib/archive/archiveTitle';
import { archiveUrl } from '@/lib/archiveUrl';
import { breadcrumbData, jsonForScript } from '@/lib/structuredData';
import styles from './LandingPath.module.css';
import { SiteLink } from './SiteLink';

/** From the whole archive down to where the visitor is, for people and for search engines. */
export const LandingPath = async ({ archive }: { archive: ArchiveOfPage }) => {
  const t = await getTranslations();
  const { kind, query } = archive;
  const { city, type } = namesOfArchive(archive);
  const above = [
    { href: archiveUrl(kind), label: t(`kinds.${kind}.plural`) },
    ...(city && type ? [{ href: archiveUrl(kind, { city: query.city }), label: city }] : []),
  ];
  const here = { href: archiveUrl(kind, { city: query.city, type: query.type }), label: type ?? city ?? '' };
  return (
    <nav aria-label={t('listing.breadcrumb')}>
      <ol className={styles.path}>
        {above.map(({ href, label }) => (
          <li key={href}>
            <SiteLink href={href}>{label}</SiteLink>
          </li>
        ))}
        <li aria-current="page">{here.label}</li>
      </ol>
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{
          __html: jsonForScript(
            breadcrumbData(
              [...above, here].map(({ href, label }) => ({ name: label, url: `${env.FRONTEND_URL}${href}` })),
            ),
          ),
        }}
      />
    </nav>
  );
};
