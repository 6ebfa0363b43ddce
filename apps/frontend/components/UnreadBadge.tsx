'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { SiteLink } from './SiteLink';
import styles from './UnreadBadge.module.css';

type Props = {
  unread: number;
  /** `some` with `{count}` in the place of the number. */
  texts: { none: string; some: string };
};

const ASK_EVERY_MS = 60_000;

const countOf = (body: unknown): number | null =>
  typeof body === 'object' && body !== null && 'unread' in body && typeof body.unread === 'number' ? body.unread : null;

/**
 * The way to one's messages, with how many are new. The header outlives its pages, so it asks again after a page of
 * messages, and otherwise with a page that is opened a minute later or more.
 */
export const UnreadBadge = ({ unread, texts }: Props) => {
  const pathname = usePathname();
  const [count, setCount] = useState(unread);
  const last = useRef<{ pathname: string; at: number } | null>(null);

  useEffect(() => setCount(unread), [unread]);

  useEffect(() => {
    const before = last.current;
    const isOfMessages = [before?.pathname, pathname].some((path) => path?.startsWith('/account/messages'));
    // The header was counted while its first page marked as read what it shows: of messages it asks at once too.
    const isDue = isOfMessages || (before !== null && Date.now() - before.at > ASK_EVERY_MS);
    if (before !== null && !isDue) {
      last.current = { ...before, pathname };
      return;
    }
    last.current = { pathname, at: Date.now() };
    if (!isDue) return;
    const abort = new AbortController();
    fetch('/account/unread', { signal: abort.signal })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((body: unknown) => setCount((current) => countOf(body) ?? current))
      // Left the page, or offline: the number stays what it was.
      .catch(() => undefined);
    return () => abort.abort();
  }, [pathname]);

  const text = count === 0 ? texts.none : texts.some.replace('{count}', String(count));
  return (
    <SiteLink href="/account/messages" className={styles.link} aria-label={text} title={text}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        <path
          d="M2.5 5.5h15v10h-15zM3 6l7 5.5L17 6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinejoin="round"
        />
      </svg>
      {count > 0 ? (
        <span className={styles.count} aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </SiteLink>
  );
};
