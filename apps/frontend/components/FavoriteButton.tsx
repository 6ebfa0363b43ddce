'use client';

import styles from './FavoriteButton.module.css';
import { FavoriteFields } from './FavoriteFields';
import { Heart } from './Heart';
import { useFavorite } from './useFavorite';

type Props = {
  kind: string;
  listingId: number;
  path: string;
  isFavorite: boolean;
  texts: { save: string; saved: string; saveHint: string; savedHint: string };
};

/** Saves a listing from its own page. Shows at once what was pressed; what could not be kept is taken back with a word. */
export const FavoriteButton = ({ kind, listingId, path, isFavorite, texts }: Props) => {
  const { isShown, change } = useFavorite({ kind, listingId }, isFavorite);
  return (
    <form action="/favorites/toggle" method="post" onSubmit={change} className={styles.form} data-live>
      <FavoriteFields kind={kind} listingId={listingId} favorite={!isShown} path={path} />
      <button type="submit" className={`button buttonQuiet ${styles.button}`} data-favorite={isShown}>
        <Heart isFull={isShown} />
        <span aria-hidden="true">{isShown ? texts.saved : texts.save}</span>
        <span className="visuallyHidden">{isShown ? texts.savedHint : texts.saveHint}</span>
      </button>
    </form>
  );
};
