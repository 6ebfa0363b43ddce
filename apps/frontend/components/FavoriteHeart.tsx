'use client';

import { FavoriteFields } from './FavoriteFields';
import styles from './FavoriteHeart.module.css';
import { Heart } from './Heart';
import { useFavorite } from './useFavorite';

type Props = { kind: string; listingId: number; path: string; isFavorite: boolean; label: string };

/** The heart on a card. Without script it is a form that leads to the listing's page. */
export const FavoriteHeart = ({ kind, listingId, path, isFavorite, label }: Props) => {
  const { isShown, change } = useFavorite({ kind, listingId }, isFavorite);
  return (
    <form action="/favorites/toggle" method="post" onSubmit={change} className={styles.form} data-live>
      <FavoriteFields kind={kind} listingId={listingId} favorite={!isShown} path={path} />
      <button type="submit" className={styles.heart} aria-pressed={isShown} aria-label={label}>
        <Heart isFull={isShown} />
      </button>
    </form>
  );
};
