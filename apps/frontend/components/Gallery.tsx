'use client';

import type { Image } from '@convene/common/api';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import styles from './Gallery.module.css';
import { ListingImage } from './ListingImage';

type Props = {
  images: Image[];
  texts: { region: string; previous: string; next: string; position: string[]; show: string[] };
};

/** Pictures side by side. Scrolls by itself where there is no script; with it by buttons, thumbnails and arrow keys. */
export const Gallery = ({ images, texts }: Props) => {
  const stage = useRef<HTMLUListElement>(null);
  const [index, setIndex] = useState(0);
  const last = images.length - 1;

  useEffect(() => {
    const root = stage.current;
    if (!root) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find((entry) => entry.isIntersecting);
        if (seen) setIndex([...root.children].indexOf(seen.target));
      },
      { root, threshold: 0.6 },
    );
    for (const child of root.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  const show = (target: number) => {
    const root = stage.current;
    const slide = root?.children[Math.max(0, Math.min(last, target))];
    if (root && slide instanceof HTMLElement) root.scrollTo({ left: slide.offsetLeft - root.offsetLeft });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const targets: Record<string, number> = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last };
    const target = targets[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(target);
  };

  return (
    <section className={styles.gallery} aria-label={texts.region} onKeyDown={onKeyDown}>
      <div className={styles.frame}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <ul ref={stage} className={styles.stage} tabIndex={0}>
          {images.map((image, at) => (
            <li key={image.id} className={styles.slide}>
              <ListingImage image={image} sizes="(max-width: 60rem) 100vw, 50rem" isFirst={at === 0} />
            </li>
          ))}
        </ul>
        {images.length > 1 ? (
          <>
            <button
              type="button"
              className={`${styles.step} ${styles.previous}`}
              aria-label={texts.previous}
              disabled={index === 0}
              onClick={() => show(index - 1)}
            >
              <span aria-hidden="true">‹</span>
            </button>
            <button
              type="button"
              className={`${styles.step} ${styles.next}`}
              aria-label={texts.next}
              disabled={index === last}
              onClick={() => show(index + 1)}
            >
              <span aria-hidden="true">›</span>
            </button>
            <p className={styles.position} aria-live="polite">
              {texts.position[index]}
            </p>
          </>
        ) : null}
      </div>
      {images.length > 1 ? (
        <ul className={styles.thumbs}>
          {images.map((image, at) => (
            <li key={image.id}>
              <button type="button" aria-label={texts.show[at]} aria-current={at === index} onClick={() => show(at)}>
                <ListingImage image={image} sizes="6rem" alt="" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
};
