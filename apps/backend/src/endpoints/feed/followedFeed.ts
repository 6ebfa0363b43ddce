import { listenForOutbox, type OutboxListener } from '@convene/outbox';
import { env } from '../../env';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { processState } from '../../utils/processState';
import { createFeed, type Feed } from './feed';

/** Triggers on the listings and their ranks notify it, when a transaction has committed. */
const FEED_CHANGES_CHANNEL = 'feed_changes';

type Followed = { feed: Feed; listener: OutboxListener | null };

const followed = (): Followed =>
  processState('feed', () => {
    const state: Followed = {
      feed: createFeed(getPool(), { isFollowed: () => state.listener?.isListening() ?? false }),
      listener: null,
    };
    return state;
  });

/** The feed of this process. */
export const getFeed = (): Feed => followed().feed;

/** From now on the feed of this process is read anew when listings or ranks change, wherever they are changed. */
export const followFeedChanges = (): void => {
  const state = followed();
  state.listener ??= listenForOutbox({
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    channel: FEED_CHANGES_CHANNEL,
    onWake: async (reason) => {
      // After a connection that was lost something may have been missed; the timer alone tells of nothing.
      if (reason === 'notified' || reason === 'connected') state.feed.forget();
      return undefined;
    },
    onError: (error) => logger.debug({ err: error }, 'lost the listener of feed changes; the feed is read more often'),
  });
};

export const stopFollowingFeedChanges = async (): Promise<void> => {
  const state = followed();
  const { listener } = state;
  state.listener = null;
  await listener?.stop();
};
