import { getTranslations } from 'next-intl/server';
import type { ArchiveOfPage } from '@/lib/archive/archiveOfPage';
import { namesOfArchive } from '@/lib/archive/archiveTitle';
import { archiveUrl } from '@/lib/archiveUrl';
import styles from './LandingPath.module.css';
import { SiteLink } from './SiteLink';

/** From the whole archive down to where the visitor is. */
export const LandingPath = async ({ archive }: { archive: ArchiveOfPage }) => {
  const t = await getTranslations();
  const { kind, query } = archive;
  const { city, type } = namesOfArchive(archive);
  return (
    <nav aria-label={t('listing.breadcrumb')}>
      <ol className={styles.path}>
        <li>
          <SiteLink href={archiveUrl(kind)}>{t(`kinds.${kind}.plural`)}</SiteLink>
        </li>
        {city && type ? (
          <li>
            <SiteLink href={archiveUrl(kind, { city: query.city })}>{city}</SiteLink>
          </li>
        ) : null}
        <li aria-current="page">{type ?? city}</li>
      </ol>
    </nav>
  );
};
