'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { learnFavorite } from '@/lib/favorites/browser';
import { FavoriteFields } from './FavoriteFields';
import { useFavorite } from './useFavorite';

type Props = {
  kind: string;
  listingId: number;
  path: string;
  /** When the list was read: what is on it then was saved, whatever was pressed before. */
  readAt: number;
  label: string;
  text: string;
};

/** Takes a listing off the list of favourites, which is read anew then. */
export const RemoveFavorite = ({ kind, listingId, path, readAt, label, text }: Props) => {
  const { refresh } = useRouter();
  const { isShown, change } = useFavorite({ kind, listingId }, true);
  useEffect(() => learnFavorite({ kind, listingId }, { isFavorite: true, readAt }), [kind, listingId, readAt]);
  return (
    <form
      action="/favorites/toggle"
      method="post"
      onSubmit={(event) => {
        if (!isShown) return event.preventDefault();
        void change(event).then(refresh);
      }}
    >
      <FavoriteFields kind={kind} listingId={listingId} favorite={false} path={path} />
      <button type="submit" className="button buttonQuiet buttonSmall" aria-label={label} aria-disabled={!isShown}>
        {text}
      </button>
    </form>
  );
};
