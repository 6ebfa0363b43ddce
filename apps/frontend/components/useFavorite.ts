import { type FormEvent, useSyncExternalStore } from 'react';
import { changeFavorite, shownFavorite, subscribe } from '@/lib/favorites/browser';

/** Whether a listing is saved as far as this tab knows, and what a press of its form does. */
export const useFavorite = (listing: { kind: string; listingId: number }, isFavorite: boolean) => {
  const isShown = useSyncExternalStore(
    subscribe,
    () => shownFavorite(listing) ?? isFavorite,
    () => isFavorite,
  );
  const change = (event: FormEvent): Promise<void> => {
    event.preventDefault();
    return changeFavorite({ listing, before: isShown, now: !isShown });
  };
  return { isShown, change };
};
