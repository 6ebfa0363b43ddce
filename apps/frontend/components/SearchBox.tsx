'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Offer, Offers } from '@/lib/suggest/offer';
import styles from './SearchBox.module.css';

const WAIT_MS = 150;

type Props = { label: string; placeholder: string; list: string };

const kindOf = (input: HTMLInputElement): string => {
  const kind = input.form ? new FormData(input.form).get('kind') : null;
  return typeof kind === 'string' ? kind : '';
};

const ask = async (asked: { text: string; kind: string }, signal: AbortSignal): Promise<Offers> => {
  const query = new URLSearchParams(asked);
  if (!asked.kind) query.delete('kind');
  const answer = await fetch(`/suggest?${query}`, { signal });
  return answer.ok ? answer.json() : { items: [], said: '' };
};

/**
 * The text field of a search, which offers what the text may mean: a combobox whose list is walked by the arrows.
 * Without script, and whenever there is nothing to offer, it is a text field of its form.
 */
export const SearchBox = ({ label, placeholder, list }: Props) => {
  const router = useRouter();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [kind, setKind] = useState('');
  const [offers, setOffers] = useState<Offer[]>([]);
  const [at, setAt] = useState(-1);
  const [isOpen, setIsOpen] = useState(false);
  const [said, setSaid] = useState('');

  useEffect(() => {
    const field = input.current;
    const form = field?.form;
    if (!form) return;
    const follow = () => setKind(kindOf(field));
    follow();
    // What was typed before the script had come.
    setText(field.value);
    setIsOpen(document.activeElement === field);
    form.addEventListener('change', follow);
    return () => form.removeEventListener('change', follow);
  }, []);

  useEffect(() => {
    setAt(-1);
    if (text.trim() === '') {
      setOffers([]);
      setSaid('');
      return;
    }
    const asking = new AbortController();
    const timer = setTimeout(() => {
      ask({ text: text.trim(), kind }, asking.signal).then(
        ({ items, said: words }) => {
          setOffers(items);
          setSaid(words);
        },
        // A question that was taken back, or no network: the form works without an answer.
        () => {
          if (!asking.signal.aborted) setOffers([]);
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [text, kind]);

  const isShown = isOpen && offers.length > 0;
  const chosen = isShown ? offers[at] : undefined;

  const byKey = (event: KeyboardEvent): void => {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (offers.length === 0) return;
      event.preventDefault();
      setIsOpen(true);
      // One more place than offers: the text itself.
      const places = offers.length + 1;
      const step = key === 'ArrowDown' ? 1 : -1;
      setAt(isShown ? ((at + 1 + step + places) % places) - 1 : step > 0 ? 0 : offers.length - 1);
    } else if (key === 'Escape' && isShown) {
      event.preventDefault();
      setIsOpen(false);
      setAt(-1);
    } else if (key === 'Enter' && chosen) {
      event.preventDefault();
      setIsOpen(false);
      router.push(chosen.href);
    }
  };

  return (
    <div className={styles.box}>
      <label className={styles.label} htmlFor={`${id}-text`}>
        {label}
      </label>
      <input
        ref={input}
        id={`${id}-text`}
        name="text"
        type="search"
        className={`input ${styles.input}`}
        maxLength={100}
        placeholder={placeholder}
        autoComplete="off"
        enterKeyHint="search"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        {...(chosen ? { 'aria-activedescendant': `${id}-${at}` } : {})}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setIsOpen(true);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={byKey}
      />
      <div id={`${id}-list`} role="listbox" aria-label={list} className={styles.list} hidden={!isShown}>
        {offers.map(({ href, label: name, note }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and hears the keys
          <div
            key={href}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.option}
            // The field keeps the focus, or the list would be gone before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              setIsOpen(false);
              router.push(href);
            }}
          >
            <span>{name}</span>
            <span className={styles.note}>{note}</span>
          </div>
        ))}
      </div>
      <p className="visuallyHidden" role="status">
        {isOpen ? said : ''}
      </p>
    </div>
  );
};
