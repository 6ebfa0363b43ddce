'use client';

import { type MouseEvent, useRef, useState } from 'react';
import styles from './ShareButton.module.css';

type Props = { title: string; url: string; texts: { share: string; copied: string; failed: string } };

/** The person closed what the device offered: nothing is to be said. */
const isChangeOfMind = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/**
 * Hands the page on by what the device offers, else copies its address and says so; where neither can be, shows it to be
 * copied by hand. Without script it is a link that begins a mail.
 */
export const ShareButton = ({ title, url, texts }: Props) => {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  const address = useRef<HTMLInputElement>(null);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setResult('copied');
    } catch {
      setResult('failed');
      requestAnimationFrame(() => address.current?.select());
    }
  };

  const share = async (event: MouseEvent) => {
    event.preventDefault();
    setResult(null);
    if (!navigator.share) return copy();
    try {
      await navigator.share({ title, url });
    } catch (error) {
      if (!isChangeOfMind(error)) await copy();
    }
  };

  return (
    <div className={styles.share} data-live>
      <a
        href={`mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`}
        className="button buttonQuiet"
        onClick={(event) => void share(event)}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
          <path
            d="M10 12.500V2.500M6.500 5.500L10 2l3.500 3.500M4 9.500v8h12v-8"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.7"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        {texts.share}
      </a>
      <p role="status" className={styles.result}>
        {result ? texts[result] : null}
      </p>
      {result === 'failed' ? (
        <input ref={address} className="input" readOnly value={url} aria-label={texts.failed} />
      ) : null}
    </div>
  );
};
