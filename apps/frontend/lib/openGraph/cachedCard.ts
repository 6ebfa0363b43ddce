import { LRUCache } from 'lru-cache';
import { processState } from '@/lib/processState';
import { openGraphType } from './size';

const MAX_BYTES = 24_000_000;
const TTL_MS = 6 * 3_600_000;

type Draw = { draw: () => Promise<Buffer> };

/** A card takes a third of a second to draw: each is drawn once, also when many ask at the same time. */
const drawn = () =>
  processState(
    'openGraphCards',
    () =>
      new LRUCache<string, Buffer, Draw>({
        maxSize: MAX_BYTES,
        sizeCalculation: (card) => card.length,
        ttl: TTL_MS,
        ignoreFetchAbort: true,
        fetchMethod: (_key, _stale, { context }) => context.draw(),
      }),
  );

/** The answer with a card, from memory where it was drawn before. */
export const cardResponse = async (key: string, draw: () => Promise<Buffer>): Promise<Response> => {
  const card = await drawn().forceFetch(key, { context: { draw } });
  return new Response(new Uint8Array(card), {
    headers: {
      'content-type': openGraphType,
      // Its few words are in the language of who asks.
      vary: 'accept-language',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    },
  });
};
