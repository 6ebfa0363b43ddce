'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { forgetFavorites, forgetProblem, lastProblem, subscribe } from '@/lib/favorites/browser';
import styles from './Toasts.module.css';

type Props = {
  /** Who looks: an account's id, or nothing. */
  viewer: string;
  /** Told once, after the page that caused it. */
  news: string | null;
  /** The cookie that holds the news, which goes when they are told. */
  newsCookie: string;
  texts: { failed: string; close: string };
};

/** What has to be said about something pressed on any page. */
export const Toasts = ({ viewer, news, newsCookie, texts }: Props) => {
  const problem = useSyncExternalStore(subscribe, lastProblem, () => null);
  const [closed, setClosed] = useState<string | null>(null);

  // Of another viewer nothing is known yet.
  useEffect(() => forgetFavorites(), [viewer]);

  useEffect(() => {
    if (!news) return;
    setClosed(null);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
    document.cookie = `${newsCookie}=; Max-Age=0; Path=/`;
  }, [news, newsCookie]);

  const isNews = news !== null && news !== closed;
  return (
    <div className={styles.toasts}>
      <div role="status">
        {isNews ? <Toast text={news} close={texts.close} onClose={() => setClosed(news)} /> : null}
      </div>
      <div role="alert">
        {problem ? (
          <Toast text={problem.text ?? texts.failed} close={texts.close} onClose={forgetProblem} isBad />
        ) : null}
      </div>
    </div>
  );
};

const Toast = ({
  text,
  close,
  onClose,
  isBad = false,
}: {
  text: string;
  close: string;
  onClose: () => void;
  isBad?: boolean;
}) => (
  <div className={`notice ${isBad ? 'noticeBad' : 'noticeGood'} ${styles.toast}`}>
    <p>{text}</p>
    <button type="button" className={styles.close} aria-label={close} onClick={onClose}>
      ×
    </button>
  </div>
);
