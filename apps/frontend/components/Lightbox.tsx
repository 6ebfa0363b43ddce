'use client';

import type { Image } from '@convene/common/api';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { pictureAfter } from '@/lib/pictureKeys';
import styles from './Lightbox.module.css';

export type Props = {
  images: Image[];
  first: number;
  texts: {
    title: string;
    close: string;
    previous: string;
    next: string;
    zoomIn: string;
    zoomOut: string;
    position: string[];
  };
  /** With the number of the picture that was seen last. */
  onClose: (index: number) => void;
};

/**
 * The pictures as large as the window, over the page. A dialog of the browser's own: it holds the focus, closes by
 * Escape and hides the page from screen readers. Swiping is its scrolling; a picture that is enlarged is scrolled itself.
 */
export const Lightbox = ({ images, first, texts, onClose }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLUListElement>(null);
  const [index, setIndex] = useState(first);
  const [isZoomed, setIsZoomed] = useState(false);
  const last = images.length - 1;

  const show = (at: number, behavior: ScrollBehavior = 'auto') => {
    const slide = stage.current?.children[at];
    if (!(slide instanceof HTMLElement)) return;
    setIsZoomed(false);
    setIndex(at);
    stage.current?.scrollTo({ left: slide.offsetLeft, behavior });
  };

  // Opens once, at the picture that was pressed.
  useEffect(() => {
    dialog.current?.showModal();
    show(first, 'instant');
  }, []);

  useEffect(() => {
    const root = stage.current;
    if (!root) return;
    // Once swiping has come to rest, not while the slides pass by.
    const onRest = () => setIndex(Math.round(root.scrollLeft / root.clientWidth));
    const event = 'onscrollend' in root ? 'scrollend' : 'scroll';
    root.addEventListener(event, onRest);
    return () => root.removeEventListener(event, onRest);
  }, []);

  useEffect(() => {
    const root = stage.current;
    // The keys are heard where the focus is: it must not stay on a slide that goes by.
    if (!isZoomed && root?.contains(document.activeElement)) root.focus({ preventScroll: true });
  }, [isZoomed]);

  const onKeyDown = (event: KeyboardEvent) => {
    // The page below has keys of its own.
    event.stopPropagation();
    if (event.key === '+' || event.key === '-') {
      event.preventDefault();
      setIsZoomed(event.key === '+');
      return;
    }
    // Of an enlarged picture the arrows show the rest.
    const target = isZoomed ? null : pictureAfter(event, { index, last });
    if (target === null) return;
    event.preventDefault();
    show(target);
  };

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={texts.title}
      onClose={() => onClose(index)}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <ul ref={stage} className={styles.stage} data-zoomed={isZoomed} tabIndex={0} aria-label={texts.title}>
        {images.map((image, at) => (
          <Slide
            key={image.id}
            image={image}
            isNear={Math.abs(at - index) <= 1}
            isCurrent={at === index}
            isZoomed={isZoomed && at === index}
            onZoom={() => setIsZoomed(!isZoomed)}
          />
        ))}
      </ul>
      <div className={styles.bar}>
        <p className={styles.position} aria-live="polite">
          {texts.position[index]}
        </p>
        <button
          type="button"
          className={styles.control}
          aria-label={isZoomed ? texts.zoomOut : texts.zoomIn}
          onClick={() => setIsZoomed(!isZoomed)}
        >
          <span aria-hidden="true">{isZoomed ? '−' : '+'}</span>
        </button>
        <button
          type="button"
          className={styles.control}
          aria-label={texts.close}
          onClick={() => dialog.current?.close()}
        >
          <span aria-hidden="true">×</span>
        </button>
      </div>
      {last > 0 ? (
        <>
          <button
            type="button"
            className={`${styles.control} ${styles.previous}`}
            aria-label={texts.previous}
            aria-disabled={index === 0}
            onClick={() => show(Math.max(0, index - 1))}
          >
            <span aria-hidden="true">‹</span>
          </button>
          <button
            type="button"
            className={`${styles.control} ${styles.next}`}
            aria-label={texts.next}
            aria-disabled={index === last}
            onClick={() => show(Math.min(last, index + 1))}
          >
            <span aria-hidden="true">›</span>
          </button>
        </>
      ) : null}
    </dialog>
  );
};

const Slide = ({
  image,
  isNear,
  isCurrent,
  isZoomed,
  onZoom,
}: {
  image: Image;
  /** Worth fetching. */
  isNear: boolean;
  isCurrent: boolean;
  isZoomed: boolean;
  onZoom: () => void;
}) => {
  const largest = image.sources.at(-1);
  const slide = useRef<HTMLLIElement>(null);

  useEffect(() => {
    const box = slide.current;
    if (!box || !isZoomed) return;
    box.scrollTo({ left: (box.scrollWidth - box.clientWidth) / 2, top: (box.scrollHeight - box.clientHeight) / 2 });
    box.focus({ preventScroll: true });
  }, [isZoomed]);

  return (
    <li ref={slide} className={styles.slide} data-zoomed={isZoomed} inert={!isCurrent} tabIndex={isZoomed ? 0 : -1}>
      {isNear && largest ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the button and the plus key do the same
        <img
          className={styles.image}
          src={largest.url}
          srcSet={image.sources.map(({ url, width }) => `${url} ${width}w`).join(', ')}
          sizes={isZoomed ? '200vw' : '100vw'}
          width={largest.width}
          height={largest.height}
          alt={image.alt}
          onClick={onZoom}
        />
      ) : null}
    </li>
  );
};
