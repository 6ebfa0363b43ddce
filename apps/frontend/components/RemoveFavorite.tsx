'use client';

import { useRouter } from 'next/navigation';
import { FavoriteFields } from './FavoriteFields';
import { useFavorite } from './useFavorite';

type Props = { kind: string; listingId: number; path: string; label: string; text: string };

/** Takes a listing off the list of favourites, which is read anew then. */
export const RemoveFavorite = ({ kind, listingId, path, label, text }: Props) => {
  const { refresh } = useRouter();
  const { isShown, change } = useFavorite({ kind, listingId }, true);
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
