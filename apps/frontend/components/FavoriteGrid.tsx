import type { ListingCard as Card } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import styles from '@/app/account/account.module.css';
import { ListingCard } from './ListingCard';
import { RemoveFavorite } from './RemoveFavorite';

/** Saved listings, each with the way to let it go. */
export const FavoriteGrid = async ({ cards, path }: { cards: Card[]; path: string }) => {
  const t = await getTranslations('favorites');
  const readAt = Date.now();
  return (
    <ul className={styles.grid}>
      {cards.map((card) => (
        <li key={`${card.kind}:${card.id}`} className={styles.favorite}>
          <ListingCard listing={card} sizes="(max-width: 40rem) 92vw, 18.5rem" heading="h2" hasHeart={false} />
          <RemoveFavorite
            kind={card.kind}
            listingId={card.id}
            path={path}
            readAt={readAt}
            label={`${t('remove')}: ${card.title}`}
            text={t('remove')}
          />
        </li>
      ))}
    </ul>
  );
};
