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

type BrowserListing = { kind: string; listingId: string };

/** As text, so that no preflight is needed and a closing page can still send it. */
const send = (beacon: unknown): void => {
  navigator.sendBeacon(ENDPOINT, JSON.stringify(beacon));
};

const isSeen = (): boolean =>
  document.visibilityState === 'visible' && !('prerendering' in document && document.prerendering);

/** Calls back once the page is really looked at. */
const whenSeen = (callback: () => void): void => {
  if (isSeen()) {
    callback();
    return;
  }
  const check = () => {
    if (!isSeen()) return;
    document.removeEventListener('visibilitychange', check);
    document.removeEventListener('prerenderingchange', check);
    callback();
  };
  document.addEventListener('visibilitychange', check);
  document.addEventListener('prerenderingchange', check);
};

const listingIn = (value: string | null): BrowserListing | null => {
  const [kind, listingId] = value?.split(':') ?? [];
  return kind && listingId ? { kind, listingId } : null;
};

/** Reports each listing's page that is opened, once for each mark in it; those that a navigation brings too. */
const watchViews = (): void => {
  const counted = new WeakMap<Element, string>();
  const count = () => {
    if (!isSeen()) return;
    for (const mark of document.querySelectorAll('[data-view]')) {
      const value = mark.getAttribute('data-view');
      const listing = listingIn(value);
      if (!listing || !value || counted.get(mark) === value) continue;
      counted.set(mark, value);
      send({ type: 'view', listing });
    }
  };
  count();
  document.addEventListener('visibilitychange', count);
  new MutationObserver(count).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-view'],
  });
};

/**
 * Reports every card that is at least half visible for a second, once per address, collected into few beacons.
 * Cards that come later (a navigation, a new page of results) are found by themselves.
 */
const watchImpressions = (): void => {
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
    const listing = listingIn(element.getAttribute('data-impression'));
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
};

/** For whoever calls first: a page may have it twice, in what starts its scripts and among them. */
const STARTED = Symbol.for('convene.beacons');

/** Counts from now on, for as long as the document is there; once, however often it is called. */
export const startBeacons = (): void => {
  if (Reflect.has(document, STARTED)) return;
  Reflect.set(document, STARTED, true);
  whenSeen(() => {
    watchViews();
    watchImpressions();
  });
};
