'use client';

import '../components/zodInBrowser';

import { toast } from '@payloadcms/ui';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import styles from './ModerationQueue.module.css';
import { QueueCard } from './QueueCard';
import { keyOf, type QueueItem } from './queueItem';
import { sendDecision } from './sendDecision';
import { choiceOf } from './subjects';
import { useQueueKeys } from './useQueueKeys';

export type Verdict = 'approve' | 'reject';

/** What became of an item on this page, as far as it is known here. */
export type ItemState =
  | { name: 'waiting' }
  | { name: 'asking'; verdict: Verdict }
  | { name: 'sending'; verdict: Verdict }
  /** Not decided by this click: by whom else it was, or what is wrong. */
  | { name: 'failed'; verdict: Verdict; message: string; isGone: boolean };

const waiting: ItemState = { name: 'waiting' };

/** This state of the item: handed in again, it waits again. */
const idOf = (item: QueueItem): string => `${keyOf(item)}@${item.seen}`;

/**
 * The queue, item by item: a decision goes out while the next item is looked at already, and comes back where it was
 * not this one that counted.
 */
export const ModerationQueue = ({ items, emptyText }: { items: QueueItem[]; emptyText: string }) => {
  const router = useRouter();
  const [states, setStates] = useState<Record<string, ItemState>>({});
  /** What was decided here: it is gone at once, before the page is read anew. */
  const [decided, setDecided] = useState<string[]>([]);
  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const cards = useRef(new Map<string, HTMLElement>());

  const shown = items.filter((item) => !decided.includes(idOf(item)));
  const currentIndex = Math.max(
    0,
    shown.findIndex((item) => keyOf(item) === currentKey),
  );
  const current = shown[currentIndex];
  const stateOf = (item: QueueItem): ItemState => states[keyOf(item)] ?? waiting;
  const setState = (item: QueueItem, state: ItemState) => setStates((before) => ({ ...before, [keyOf(item)]: state }));
  const takeOff = (item: QueueItem) => setDecided((before) => [...before, idOf(item)]);

  const goTo = (item: QueueItem | undefined) => {
    if (!item) return;
    setCurrentKey(keyOf(item));
    const card = cards.current.get(keyOf(item));
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  };

  const send = async (item: QueueItem, verdict: Verdict, reason: string) => {
    setState(item, { name: 'sending', verdict });
    const index = shown.indexOf(item);
    goTo(shown[index + 1] ?? shown[index - 1]);
    const result = await sendDecision({ item, decision: verdict, reason });
    if (result.ok) {
      takeOff(item);
      setState(item, waiting);
      toast.success(`${choiceOf(item.subject, verdict).done}: ${item.title}`);
    } else {
      setState(item, { name: 'failed', verdict, message: result.message, isGone: result.isGone });
      toast.error(`${item.title}: ${result.message}`);
    }
    router.refresh();
  };

  const choose = (item: QueueItem, verdict: Verdict) => {
    const state = stateOf(item);
    if (state.name === 'sending' || (state.name === 'failed' && state.isGone)) return;
    if (choiceOf(item.subject, verdict).reason === 'none') void send(item, verdict, '');
    else setState(item, { name: 'asking', verdict });
  };

  useQueueKeys(
    current
      ? {
          j: () => goTo(shown[currentIndex + 1]),
          k: () => goTo(shown[currentIndex - 1]),
          a: () => choose(current, 'approve'),
          r: () => choose(current, 'reject'),
          o: () => window.open(current.adminHref, '_blank', 'noopener'),
        }
      : {},
  );

  if (shown.length === 0) {
    return (
      <p className={styles['empty']} role="status">
        {items.length > 0 ? 'Reading what waits next …' : emptyText}
      </p>
    );
  }
  return (
    <>
      <p className={styles['keys']}>
        <kbd>j</kbd> next <kbd>k</kbd> previous <kbd>a</kbd> approve <kbd>r</kbd> reject <kbd>o</kbd> open the document
      </p>
      <ol className={styles['list']}>
        {shown.map((item) => (
          <QueueCard
            isCurrent={item === current}
            item={item}
            key={keyOf(item)}
            onChoose={(verdict) => choose(item, verdict)}
            onFocus={() => setCurrentKey(keyOf(item))}
            onForget={() => takeOff(item)}
            onGiveUp={() => {
              setState(item, waiting);
              goTo(item);
            }}
            onSend={(verdict, reason) => void send(item, verdict, reason)}
            register={(card) => {
              if (card) cards.current.set(keyOf(item), card);
              else cards.current.delete(keyOf(item));
            }}
            state={stateOf(item)}
          />
        ))}
      </ol>
    </>
  );
};
