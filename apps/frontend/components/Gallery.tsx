'use client';

import type { Image } from '@convene/common/api';
import { type ComponentType, type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { pictureAfter } from '@/lib/pictureKeys';
import styles from './Gallery.module.css';
import type { Props as LightboxProps } from './Lightbox';
import { ListingImage } from './ListingImage';

type Props = {
  images: Image[];
  texts: {
    region: string;
    previous: string;
    next: string;
    position: string[];
    show: string[];
    open: string[];
    lightbox: { title: string; close: string; zoomIn: string; zoomOut: string };
  };
};

const idOf = (at: number): string => `picture-${at + 1}`;

/**
 * Pictures side by side, each a link to its largest size. Scrolls by itself where there is no script, by the links below
 * it too; with one also by buttons and arrow keys, and the large pictures open over the page. What does that is fetched
 * when the first is opened.
 */
export const Gallery = ({ images, texts }: Props) => {
  const stage = useRef<HTMLUListElement>(null);
  const [index, setIndex] = useState(0);
  const [isLive, setIsLive] = useState(false);
  const [Lightbox, setLightbox] = useState<ComponentType<LightboxProps> | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const last = images.length - 1;

  useEffect(() => {
    const root = stage.current;
    if (!root) return;
    setIsLive(true);
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

  const slideAt = (at: number): HTMLElement | null => {
    const slide = stage.current?.children[at];
    return slide instanceof HTMLElement ? slide : null;
  };

  const show = (at: number) => {
    const [root, slide] = [stage.current, slideAt(at)];
    if (root && slide) root.scrollTo({ left: slide.offsetLeft - root.offsetLeft });
  };

  /** Of what is seen, or comes into sight: `index` follows when it is there. */
  const step = (by: number) => {
    const root = stage.current;
    if (root) show(Math.min(last, Math.max(0, Math.round(root.scrollLeft / root.clientWidth) + by)));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const target = opened === null ? pictureAfter(event, { index, last }) : null;
    if (target === null) return;
    event.preventDefault();
    show(target);
    // The focus goes along, so that Enter opens what is seen.
    if (stage.current?.contains(document.activeElement)) {
      slideAt(target)?.querySelector('a')?.focus({ preventScroll: true });
    }
  };

  const open = async (event: MouseEvent, at: number) => {
    // A new tab is what was asked for then.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const href = event.currentTarget instanceof HTMLAnchorElement ? event.currentTarget.href : null;
    try {
      const loaded = await import('./Lightbox');
      setLightbox(() => loaded.Lightbox);
      setOpened(at);
    } catch {
      // The script can't be had, for one after a new release of the site: then the link does what it says.
      if (href) location.assign(href);
    }
  };

  const close = (at: number) => {
    setOpened(null);
    show(at);
    slideAt(at)?.querySelector('a')?.focus({ preventScroll: true });
  };

  return (
    <section className={styles.gallery} aria-label={texts.region} onKeyDown={onKeyDown} data-live>
      <div className={styles.frame}>
        <ul ref={stage} className={styles.stage}>
          {images.map((image, at) => (
            <li key={image.id} id={idOf(at)} className={styles.slide}>
              <a
                href={image.sources.at(-1)?.url}
                className={styles.open}
                aria-label={texts.open[at]}
                tabIndex={isLive && at !== index ? -1 : undefined}
                onClick={(event) => void open(event, at)}
              >
                <ListingImage image={image} sizes="(max-width: 60rem) 100vw, 50rem" isFirst={at === 0} />
              </a>
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
              onClick={() => step(-1)}
            >
              <span aria-hidden="true">‹</span>
            </button>
            <button
              type="button"
              className={`${styles.step} ${styles.next}`}
              aria-label={texts.next}
              disabled={index === last}
              onClick={() => step(1)}
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
              <a
                href={`#${idOf(at)}`}
                aria-label={texts.show[at]}
                aria-current={at === index}
                onClick={(event) => {
                  event.preventDefault();
                  show(at);
                }}
              >
                <ListingImage image={image} sizes="6rem" alt="" />
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {Lightbox && opened !== null ? (
        <Lightbox images={images} first={opened} texts={{ ...texts, ...texts.lightbox }} onClose={close} />
      ) : null}
    </section>
  );
};
