'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from 'react';
import type { Bounds } from '@/lib/archive/bounds';
import type { MapTexts } from '@/lib/map/drawMap';
import type { MapName, MapPlace, Tiles } from '@/lib/map/places';
import styles from './MapCanvas.module.css';

type Props = {
  places: MapPlace[];
  names: MapName[];
  bounds: Bounds | null;
  tiles: Tiles | null;
  /** The archive's address, to which what the map shows is added. */
  searchHere: string;
  texts: MapTexts & { region: string; loading: string; failed: string; searchHere: string; close: string };
};

type Selected = { place: MapPlace; pin: HTMLElement };

/** The map itself: everything it is made of is fetched when it is shown, and nothing of it before. */
export const MapCanvas = ({ places, names, bounds, tiles, searchHere, texts }: Props) => {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const region = useRef<HTMLElement>(null);
  const element = useRef<HTMLDivElement>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [moved, setMoved] = useState<Bounds | null>(null);
  const [selected, setSelected] = useState<Selected | null>(null);

  useEffect(() => {
    let isGone = false;
    let remove: (() => void) | undefined;
    const draw = async (): Promise<void> => {
      const { drawMap } = await import('@/lib/map/drawMap');
      if (isGone || !element.current) return;
      setMoved(null);
      setSelected(null);
      remove = drawMap({
        element: element.current,
        places,
        names,
        bounds,
        tiles,
        texts,
        onSelect: (place, pin) => setSelected({ place, pin }),
        onMove: setMoved,
      });
      setState('ready');
    };
    draw().catch(() => setState('failed'));
    return () => {
      isGone = true;
      remove?.();
    };
  }, [places, names, bounds, tiles, texts]);

  useEffect(() => {
    if (!selected) return;
    selected.pin.setAttribute('aria-pressed', 'true');
    link.current?.focus({ preventScroll: true });
    return () => selected.pin.setAttribute('aria-pressed', 'false');
  }, [selected]);

  const close = (): void => {
    selected?.pin.focus({ preventScroll: true });
    setSelected(null);
  };
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
  };
  const here = moved ? `${searchHere}${searchHere.includes('?') ? '&' : '?'}bounds=${moved.join(',')}` : null;

  return (
    <section ref={region} tabIndex={-1} className={styles.map} aria-label={texts.region} aria-busy={isPending}>
      <div ref={element} className={styles.canvas} />
      {state === 'ready' ? null : (
        <p className={styles.note} role="status">
          {state === 'failed' ? texts.failed : texts.loading}
        </p>
      )}
      {here ? (
        <button
          type="button"
          className={`button buttonSmall ${styles.here}`}
          onClick={() => {
            // The button goes when the map has followed.
            region.current?.focus({ preventScroll: true });
            startTransition(() => router.push(here, { scroll: false }));
          }}
        >
          {texts.searchHere}
        </button>
      ) : null}
      {selected ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from wherever the focus is within
        <div className={styles.card} onKeyDown={closeByKey}>
          <a ref={link} href={selected.place.href} className={styles.title}>
            {selected.place.title}
          </a>
          <p>{selected.place.price}</p>
          <button type="button" className={styles.close} onClick={close} aria-label={texts.close}>
            ×
          </button>
        </div>
      ) : null}
    </section>
  );
};
