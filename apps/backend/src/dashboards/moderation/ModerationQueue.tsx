'use client';

import { toast } from '@payloadcms/ui';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import styles from './ModerationQueue.module.css';
import { QueueCard } from './QueueCard';
import { keyOf, type QueueItem } from './queueItem';
import { sendDecision } from './sendDecision';
import { choiceOf } from './subjects';

export type Verdict = 'approve' | 'reject';

/** What became of an item on this page, as far as it is known here. */
export type ItemState =
  | { name: 'waiting' }
  | { name: 'asking'; verdict: Verdict }
  | { name: 'sending'; verdict: Verdict }
  /** Not decided by this click: by whom else it was, or what is wrong. */
  | { name: 'failed'; verdict: Verdict; message: string; isGone: boolean };

const waiting: ItemState = { name: 'waiting' };

/** Do the keys belong to a field, or to the browser? */
const isTyping = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)));

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

  const setState = useCallback((key: string, state: ItemState) => {
    setStates((before) => ({ ...before, [key]: state }));
  }, []);

  const goTo = useCallback((item: QueueItem | undefined) => {
    if (!item) return;
    const key = keyOf(item);
    setCurrentKey(key);
    const card = cards.current.get(key);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  }, []);

  const send = useCallback(
    async (item: QueueItem, verdict: Verdict, reason: string) => {
      const key = keyOf(item);
      setState(key, { name: 'sending', verdict });
      const following = shown[shown.indexOf(item) + 1] ?? shown[shown.indexOf(item) - 1];
      goTo(following);
      const result = await sendDecision({ item, decision: verdict, reason });
      if (result.ok) {
        setDecided((before) => [...before, idOf(item)]);
        toast.success(`${choiceOf(item.subject, verdict).done}: ${item.title}`);
      } else {
        setState(key, { name: 'failed', verdict, message: result.message, isGone: result.isGone });
        toast.error(`${item.title}: ${result.message}`);
      }
      router.refresh();
    },
    [goTo, router, setState, shown],
  );

  const choose = useCallback(
    (item: QueueItem, verdict: Verdict) => {
      const state = states[keyOf(item)] ?? waiting;
      if (state.name === 'sending') return;
      if (choiceOf(item.subject, verdict).reason === 'none') void send(item, verdict, '');
      else setState(keyOf(item), { name: 'asking', verdict });
    },
    [send, setState, states],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event) || !current) return;
      const actions: Record<string, () => void> = {
        j: () => goTo(shown[currentIndex + 1]),
        k: () => goTo(shown[currentIndex - 1]),
        a: () => choose(current, 'approve'),
        r: () => choose(current, 'reject'),
        o: () => window.open(current.adminHref, '_blank', 'noopener'),
      };
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [choose, current, currentIndex, goTo, shown]);

  if (shown.length === 0) {
    return (
      <p className={styles['empty']} role="status">
        {emptyText}
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
            onForget={() => setDecided((before) => [...before, idOf(item)])}
            onGiveUp={() => setState(keyOf(item), waiting)}
            onSend={(verdict, reason) => void send(item, verdict, reason)}
            register={(card) => {
              if (card) cards.current.set(keyOf(item), card);
              else cards.current.delete(keyOf(item));
            }}
            state={states[keyOf(item)] ?? waiting}
          />
        ))}
      </ol>
    </>
  );
};

/** This state of the item: sent in again, it waits again. */
const idOf = (item: QueueItem): string => `${keyOf(item)}@${item.seen}`;
