import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { removeFavoriteAction } from '@/app/actions/market';
import { AccountFrame } from '@/components/AccountFrame';
import { EmptyState } from '@/components/EmptyState';
import { ListingCard } from '@/components/ListingCard';
import { Unavailable } from '@/components/Unavailable';
import { getFavorites } from '@/lib/backend/market';
import { readAs } from '@/lib/session/requireSession';
import styles from '../account.module.css';

const PATH = '/account/favorites';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('favorites'))('title'),
  robots: { index: false },
});

const FavoritesPage = async () => {
  const favorites = await readAs(PATH, getFavorites);
  if (!favorites.isAvailable) return <Unavailable retryHref={PATH} />;
  const t = await getTranslations('favorites');
  const { items } = favorites.value;
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      {items.length === 0 ? (
        <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={{ href: '/', label: t('emptyAction') }} />
      ) : (
        <ul className={styles.grid}>
          {items.map(({ card }) => (
            <li key={`${card.kind}:${card.id}`} className={styles.favorite}>
              <ListingCard listing={card} sizes="(max-width: 40rem) 92vw, 18.5rem" heading="h2" />
              <form action={removeFavoriteAction}>
                <input type="hidden" name="kind" value={card.kind} />
                <input type="hidden" name="listingId" value={card.id} />
                <button
                  type="submit"
                  className="button buttonQuiet buttonSmall"
                  aria-label={`${t('remove')}: ${card.title}`}
                >
                  {t('remove')}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </AccountFrame>
  );
};

export default FavoritesPage;
