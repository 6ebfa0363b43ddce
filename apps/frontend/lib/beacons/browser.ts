/*
 * What runs in the browser: no framework, no state beyond the page. Nothing is sent while a page is prerendered or
 * lies in a background tab that nobody has looked at.
 */
const ENDPOINT = '/collect';
const VISIBLE_SHARE = 0.5;
const VISIBLE_FOR_MS = 1_000;
const SEND_EVERY_MS = 5_000;
const SEND_AT_COUNT = 40;
const MOST_PER_BEACON = 100;

export type BrowserListing = { kind: string; listingId: string };

/** As text, so that no preflight is needed and a closing page can still send it. */
const send = (beacon: unknown): void => {
  navigator.sendBeacon(ENDPOINT, JSON.stringify(beacon));
};

const isSeen = (): boolean =>
  document.visibilityState === 'visible' && !('prerendering' in document && document.prerendering);

/** Calls back once the page is really looked at. Returns a function that stops waiting. */
export const whenSeen = (callback: () => void): (() => void) => {
  if (isSeen()) {
    callback();
    return () => {};
  }
  const stop = () => {
    document.removeEventListener('visibilitychange', check);
    document.removeEventListener('prerenderingchange', check);
  };
  const check = () => {
    if (!isSeen()) return;
    stop();
    callback();
  };
  document.addEventListener('visibilitychange', check);
  document.addEventListener('prerenderingchange', check);
  return stop;
};

/** Reports one view of a listing's page. */
export const sendView = (listing: BrowserListing): void => send({ type: 'view', listing });

const listingOf = (element: Element): BrowserListing | null => {
  const [kind, listingId] = element.getAttribute('data-impression')?.split(':') ?? [];
  return kind && listingId ? { kind, listingId } : null;
};

/**
 * Reports every card that is at least half visible for a second, once per address, collected into few beacons.
 * Cards that come later (a navigation, a new page of results) are found by themselves. Returns a function that stops.
 */
export const watchImpressions = (): (() => void) => {
  const sent = new Set<string>();
  const timers = new Map<Element, number>();
  const waiting: BrowserListing[] = [];
  let sendTimer: number | undefined;

  const flush = () => {
    window.clearTimeout(sendTimer);
    sendTimer = undefined;
    while (waiting.length > 0) send({ type: 'impressions', listings: waiting.splice(0, MOST_PER_BEACON) });
  };

  const record = (element: Element) => {
    timers.delete(element);
    observer.unobserve(element);
    const listing = listingOf(element);
    if (!listing || !isSeen()) return;
    const id = `${location.pathname}${location.search} ${listing.kind}:${listing.listingId}`;
    if (sent.has(id)) return;
    sent.add(id);
    waiting.push(listing);
    if (waiting.length >= SEND_AT_COUNT) flush();
    else sendTimer ??= window.setTimeout(flush, SEND_EVERY_MS);
  };

  const forget = (element: Element) => {
    window.clearTimeout(timers.get(element));
    timers.delete(element);
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        if (!isIntersecting || intersectionRatio < VISIBLE_SHARE) forget(target);
        else if (!timers.has(target)) timers.set(target, window.setTimeout(record, VISIBLE_FOR_MS, target));
      }
    },
    { threshold: VISIBLE_SHARE },
  );

  const observeIn = (root: ParentNode) => {
    for (const card of root.querySelectorAll('[data-impression]')) observer.observe(card);
  };
  const lookAnew = () => {
    observer.disconnect();
    observeIn(document);
  };
  let address = location.href;
  const changes = new MutationObserver((records) => {
    if (location.href !== address) {
      // Another page of the site, or other filters: cards that stayed where they were are seen there too.
      address = location.href;
      for (const element of [...timers.keys()]) forget(element);
      return lookAnew();
    }
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches('[data-impression]')) observer.observe(node);
        observeIn(node);
      }
    }
  });
  const onHide = () => {
    for (const element of [...timers.keys()]) forget(element);
    flush();
  };
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') return onHide();
    // The observer speaks up only on a change: cards that were in view before are looked at anew.
    lookAnew();
  };

  observeIn(document);
  // The marks of a page on its way go when it is there, even where nothing else of it is new.
  changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['aria-busy', 'data-pending'] });
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('pagehide', onHide);
  return () => {
    onHide();
    observer.disconnect();
    changes.disconnect();
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('pagehide', onHide);
  };
};
