/*
 * What was pressed in this tab: shown at once on every heart of the same listing, kept over pages that come out of the
 * browser's memory, and taken back with a word where the site could not keep it.
 */

type Listing = { kind: string; listingId: number };
type Wish = { listing: Listing; before: boolean; now: boolean };

const ENDPOINT = '/favorites/toggle';
const shown = new Map<string, boolean>();
/** When the site answered the last press, by its own clock. */
const answeredAt = new Map<string, number>();
const listeners = new Set<() => void>();
/** One after the other: the answer to each carries the cookie that the next one builds upon. */
let queue: Promise<void> = Promise.resolve();
let problem: { text: string | null } | null = null;

const keyOf = ({ kind, listingId }: Listing): string => `${kind}:${listingId}`;

const tell = (): void => {
  for (const listener of listeners) listener();
};

export const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Undefined where nothing was pressed: then the page knows. */
export const shownFavorite = (listing: Listing): boolean | undefined => shown.get(keyOf(listing));

/** What a page says that the site has read at `readAt`: believed where that was after its answer to the last press. */
export const learnFavorite = (
  listing: Listing,
  { isFavorite, readAt }: { isFavorite: boolean; readAt: number },
): void => {
  const key = keyOf(listing);
  const answered = answeredAt.get(key);
  if (answered === undefined || readAt <= answered) return;
  shown.set(key, isFavorite);
  answeredAt.delete(key);
  tell();
};

/** What went wrong last; `text` is null where nothing was heard of the site. */
export const lastProblem = (): typeof problem => problem;

export const forgetProblem = (): void => {
  problem = null;
  tell();
};

/** Somebody else looks from here on. */
export const forgetFavorites = (): void => {
  shown.clear();
  answeredAt.clear();
  forgetProblem();
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const send = async ({ listing, before, now }: Wish): Promise<void> => {
  const key = keyOf(listing);
  const takeBack = (text: string | null) => {
    // A later wish about the same listing stands for itself.
    if (shown.get(key) === now) shown.set(key, before);
    problem = { text };
  };
  try {
    const answer = await fetch(ENDPOINT, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        kind: listing.kind,
        listingId: String(listing.listingId),
        favorite: String(now),
        path: location.pathname + location.search,
      }),
    });
    const body: unknown = await answer.json();
    const signIn = fieldOf(body, 'signIn');
    if (typeof signIn === 'string') location.assign(signIn);
    const message = fieldOf(body, 'message');
    if (!answer.ok) takeBack(typeof message === 'string' ? message : null);
    const at = fieldOf(body, 'at');
    if (typeof at === 'number' && shown.get(key) === now) answeredAt.set(key, at);
  } catch {
    // Nothing came back: whoever pressed is told, and can press again.
    takeBack(null);
  }
  tell();
};

/** Shows at once what was pressed, and keeps it. Resolves when the site has answered. */
export const changeFavorite = (wish: Wish): Promise<void> => {
  shown.set(keyOf(wish.listing), wish.now);
  answeredAt.delete(keyOf(wish.listing));
  problem = null;
  tell();
  queue = queue.then(() => send(wish));
  return queue;
};
