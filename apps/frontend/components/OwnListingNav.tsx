import type { OwnListing } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import styles from './OwnListingNav.module.css';
import { SiteLink } from './SiteLink';

type Page = 'edit' | 'preview' | 'statistics' | 'cancel' | 'remove';
type Shown = Pick<OwnListing, 'id' | 'slug' | 'isLive'> & {
  listing: Pick<OwnListing['listing'], 'kind'>;
  event: Pick<NonNullable<OwnListing['event']>, 'isOn'> | null;
};

/** What an owner can do with a listing, each on a page of its own. */
export const OwnListingNav = async ({ listing: shown, current }: { listing: Shown; current: Page }) => {
  const t = await getTranslations('owner.nav');
  const { kind } = shown.listing;
  const at = `/account/listings/${kind}/${shown.id}`;
  const link = (page: Page, href: string) => (
    <SiteLink href={href} {...(page === current ? { 'aria-current': 'page' as const } : {})}>
      {t(page)}
    </SiteLink>
  );
  return (
    <nav aria-label={t('label')} className={styles.nav}>
      <SiteLink href="/account/listings">← {t('all')}</SiteLink>
      {link('edit', at)}
      {link('preview', `${at}/preview`)}
      {link('statistics', `${at}/statistics`)}
      {shown.isLive ? <SiteLink href={`/${kind}/${shown.slug}`}>{t('view')}</SiteLink> : null}
      {shown.isLive && kind !== 'events' ? (
        <SiteLink href={`/${kind}/${shown.slug}/block`}>{t('block')}</SiteLink>
      ) : null}
      {shown.event?.isOn ? link('cancel', `${at}/cancel`) : null}
      {link('remove', `${at}/remove`)}
    </nav>
  );
};
