import { listenForOutbox, type OutboxListener } from '@convene/outbox';
import { env } from '../../env';
import { logger } from '../../utils/logger';
import { getPool } from '../../utils/postgres';
import { processState } from '../../utils/processState';
import { createFeed, type Feed, feedFreshness } from './feed';
import { type KeptReads, keepReads } from './keptReads';

/** Triggers on the listings and their ranks notify it, when a transaction has committed. */
const FEED_CHANGES_CHANNEL = 'feed_changes';

/** Somebody outside this process who keeps what the feed and the listings answered. */
export type ChangeFollower = {
  /** What was read before may be out of date. */
  changed: () => void;
  /** From now on nothing is told any more. */
  lost: () => void;
};

type Followed = {
  feed: Feed;
  reads: KeptReads;
  listener: OutboxListener | null;
  followers: Set<ChangeFollower>;
};

const followed = (): Followed =>
  processState('feed', () => {
    const isFollowed = () => state.listener?.isListening() ?? false;
    const state: Followed = {
      feed: createFeed(getPool(), { isFollowed }),
      reads: keepReads({ freshness: () => feedFreshness(isFollowed()) }),
      listener: null,
      followers: new Set(),
    };
    return state;
  });

/** The feed of this process. */
export const getFeed = (): Feed => followed().feed;

/**
 * Other answers about listings that this process keeps, forgotten whenever the feed is.
 *
 * @param name of the family: whoever asks for it again gets the same
 * @param max how many are kept
 */
export const keptAnswers = <Answer>(name: string, max: number) =>
  processState(`kept-${name}`, () => followed().reads.of<Answer>(max));

/**
 * Tells the follower of every change of listings and ranks, in whatever process it is made.
 *
 * @returns what ends it; null where this process hears of no changes itself
 */
export const tellChanges = (follower: ChangeFollower): (() => void) | null => {
  const { followers, listener } = followed();
  if (!listener?.isListening()) return null;
  followers.add(follower);
  return () => followers.delete(follower);
};

const loseFollowers = ({ followers }: Followed): void => {
  for (const follower of followers) follower.lost();
  followers.clear();
};

/** From now on the feed of this process is read anew when listings or ranks change, wherever they are changed. */
export const followFeedChanges = (): void => {
  const state = followed();
  state.listener ??= listenForOutbox({
    connectionString: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    channel: FEED_CHANGES_CHANNEL,
    onWake: async (reason) => {
      // After a connection that was lost something may have been missed; the timer alone tells of nothing.
      if (reason === 'notified' || reason === 'connected') {
        state.feed.forget();
        state.reads.forget();
        for (const follower of state.followers) follower.changed();
      }
      return undefined;
    },
    onError: (error) => {
      logger.debug({ err: error }, 'lost the listener of feed changes; the feed is read more often');
      loseFollowers(state);
    },
  });
};

export const stopFollowingFeedChanges = async (): Promise<void> => {
  const state = followed();
  const { listener } = state;
  state.listener = null;
  loseFollowers(state);
  await listener?.stop();
};
