import { type ListingCards, listingCardsSchema } from '@convene/common/api';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/EmptyState';
import { FavoriteGrid } from '@/components/FavoriteGrid';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { type Attempt, attempt } from '@/lib/backend/attempt';
import { callBackend } from '@/lib/backend/http';
import { getVisitorFavorites } from '@/lib/favorites/cookie';
import { markOf } from '@/lib/favorites/visitorFavorites';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { signInUrl } from '@/lib/session/asVisitor';
import { getSession } from '@/lib/session/cookie';
import styles from './favorites.module.css';

const PATH = '/favorites';
const ACCOUNT_PATH = '/account/favorites';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('favorites'))('title'),
  robots: { index: false },
});

const readCards = async (marks: string[]): Promise<Attempt<ListingCards>> =>
  marks.length === 0
    ? { isAvailable: true, value: { items: [] } }
    : attempt(() =>
        callBackend({ method: 'GET', path: 'cards', query: { listings: marks.join(',') }, answer: listingCardsSchema }),
      );

/** What this browser has saved without an account. */
const VisitorFavoritesPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const hasFailed = (await searchParam(searchParams, 'failed')) === '1';
  if (await getSession()) redirect(hasFailed ? `${ACCOUNT_PATH}?failed=1` : ACCOUNT_PATH);
  const saved = await getVisitorFavorites();
  const cards = await readCards(saved.map(markOf));
  if (!cards.isAvailable) return <Unavailable retryHref={PATH} />;
  const t = await getTranslations();
  const { items } = cards.value;
  return (
    <div className={`container ${styles.page}`}>
      <header className={styles.head}>
        <h1>{t('favorites.title')}</h1>
        <p className={styles.lead}>{t('favorites.visitorLead')}</p>
      </header>
      {hasFailed ? (
        <p className="notice noticeBad" role="alert">
          {t(saved.length > 0 ? 'favorites.tooMany' : 'act.saveFailed')}
        </p>
      ) : null}
      <p className={`notice ${styles.offer}`}>
        {t('favorites.visitorOffer')}
        <span className={styles.ways}>
          <SiteLink href={signInUrl(ACCOUNT_PATH)} className="button buttonSmall">
            {t('nav.signIn')}
          </SiteLink>
          <SiteLink href="/sign-up" className="button buttonQuiet buttonSmall">
            {t('nav.signUp')}
          </SiteLink>
        </span>
      </p>
      {items.length < saved.length ? (
        <p className="hint">{t('favorites.goneCount', { count: saved.length - items.length })}</p>
      ) : null}
      {items.length === 0 ? (
        <EmptyState
          title={t('favorites.emptyTitle')}
          text={t('favorites.emptyText')}
          action={{ href: '/', label: t('favorites.emptyAction') }}
        />
      ) : (
        <FavoriteGrid cards={items} path={PATH} />
      )}
    </div>
  );
};

export default VisitorFavoritesPage;
