import type { ListingDetail } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { Avatar } from './Avatar';
import styles from './OwnerCard.module.css';
import { SiteLink } from './SiteLink';

/** Who stands behind a listing. */
export const OwnerCard = async ({ listing: { kind, slug, owner, claimStatus } }: { listing: ListingDetail }) => {
  const t = await getTranslations('listing');
  if (!owner || claimStatus === 'unclaimed') {
    return (
      <p className={styles.unclaimed}>
        {t('unclaimed')}{' '}
        {claimStatus === 'claimed' ? null : (
          <SiteLink href={`/${kind}/${slug}/claim`}>{(await getTranslations('act'))('claim')}</SiteLink>
        )}
      </p>
    );
  }
  return (
    <section className={styles.owner} aria-labelledby="owner">
      <Avatar name={owner.displayName} url={owner.avatarUrl} className={styles.avatar} />
      <div>
        <h2 id="owner" className={styles.label}>
          {t('owner', { kind })}
        </h2>
        <p className={styles.name}>
          <SiteLink href={`/people/${owner.id}`}>{owner.displayName}</SiteLink>
        </p>
        {owner.verified ? (
          <p className={styles.verified}>
            <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
              <path d="M3 8.500l3.3 3.300L13 5" fill="none" stroke="currentColor" strokeWidth="2.4" />
            </svg>
            {t('verified')}
          </p>
        ) : null}
      </div>
    </section>
  );
};
