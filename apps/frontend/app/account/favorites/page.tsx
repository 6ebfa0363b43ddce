import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { bringFavoritesAction } from '@/app/actions/favorites';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { EmptyState } from '@/components/EmptyState';
import { FavoriteGrid } from '@/components/FavoriteGrid';
import { Unavailable } from '@/components/Unavailable';
import { getFavorites } from '@/lib/backend/market';
import { getVisitorFavorites } from '@/lib/favorites/cookie';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { getSession } from '@/lib/session/cookie';
import { readAs } from '@/lib/session/requireSession';

const PATH = '/account/favorites';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('favorites'))('title'),
  robots: { index: false },
});

const FavoritesPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  if (!(await getSession())) redirect('/favorites');
  const favorites = await readAs(PATH, getFavorites);
  if (!favorites.isAvailable) return <Unavailable retryHref={PATH} />;
  const t = await getTranslations();
  const { items } = favorites.value;
  const left = await getVisitorFavorites();
  const hasFailed = (await searchParam(searchParams, 'failed')) === '1';
  return (
    <AccountFrame title={t('favorites.title')} lead={t('favorites.lead')}>
      {hasFailed ? (
        <p className="notice noticeBad" role="alert">
          {t('act.saveFailed')}
        </p>
      ) : null}
      {left.length > 0 ? (
        <div className="notice">
          <p>{t('favorites.left', { count: left.length })}</p>
          <ActionForm action={bringFavoritesAction} fields={[]} submit={t('favorites.bring')} look="small" />
        </div>
      ) : null}
      {items.length === 0 ? (
        <EmptyState
          title={t('favorites.emptyTitle')}
          text={t('favorites.emptyText')}
          action={{ href: '/', label: t('favorites.emptyAction') }}
        />
      ) : (
        <FavoriteGrid cards={items.map(({ card }) => card)} path={PATH} />
      )}
    </AccountFrame>
  );
};

export default FavoritesPage;
