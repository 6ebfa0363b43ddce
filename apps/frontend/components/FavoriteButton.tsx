'use client';

import { useActionState } from 'react';
import { type FavoriteState, favoriteAction } from '@/app/actions/market';
import styles from './FavoriteButton.module.css';
import { Heart } from './Heart';

type Props = {
  kind: string;
  listingId: number;
  path: string;
  isFavorite: boolean;
  texts: { save: string; saved: string; saveHint: string; savedHint: string };
};

/** Saves a listing. Shows at once what was pressed, and takes it back with a word where it could not be kept. */
export const FavoriteButton = ({ kind, listingId, path, isFavorite, texts }: Props) => {
  const initial: FavoriteState = { favorite: isFavorite, message: null };
  const [state, send, isPending] = useActionState(favoriteAction, initial);
  const isShown = isPending ? !state.favorite : state.favorite;
  return (
    <form action={send} className={styles.form}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="listingId" value={listingId} />
      <input type="hidden" name="path" value={path} />
      <input type="hidden" name="favorite" value={String(!state.favorite)} />
      <button
        type="submit"
        className={`button buttonQuiet ${styles.button}`}
        data-favorite={isShown}
        onClick={(event) => isPending && event.preventDefault()}
      >
        <Heart isFull={isShown} />
        <span aria-hidden="true">{isShown ? texts.saved : texts.save}</span>
        <span className="visuallyHidden">{isShown ? texts.savedHint : texts.saveHint}</span>
      </button>
      <p role="alert" className="fieldError">
        {state.message}
      </p>
    </form>
  );
};
