import { startBeacons } from '../beacons/browser';
import { LIVE_EVENT, WAITING_SRC, WAITING_TYPE } from './marks';

/*
 * The only script of a page whose scripts wait. It counts what is looked at, and has the scripts come at the first sign
 * of somebody: a finger or pointer, a key, a scroll, the focus. What is pressed before they have come and needs them
 * (anything within `data-live`) is held, shown as held, and pressed again when React has taken the page over; everything
 * else does what it does without script. Built by `buildStarter.ts`, put into pages by `holdScripts.ts`.
 */

const SIGNS = ['pointerover', 'pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin', 'click'];
/** After that long a press does what it does without script. */
const HOLD_AT_MOST_MS = 10_000;

const held = new Set<HTMLElement>();
let isStarted = false;

const load = (): void => {
  for (const waiting of document.querySelectorAll<HTMLScriptElement>(`script[type="${WAITING_TYPE}"]`)) {
    const script = document.createElement('script');
    for (const { name, value } of waiting.attributes) {
      if (name !== 'type' && name !== WAITING_SRC) script.setAttribute(name, value);
    }
    // A document's own script can read it, its attribute is empty by then.
    script.nonce = waiting.nonce;
    script.onerror = release;
    script.src = waiting.getAttribute(WAITING_SRC) ?? '';
    waiting.replaceWith(script);
  }
};

const start = (): void => {
  if (isStarted) return;
  isStarted = true;
  for (const sign of SIGNS) removeEventListener(sign, onSign, true);
  load();
  // The rest of a page that is still on its way.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', load);
};

/** A gallery that finds its place scrolls by itself; whoever scrolls in it uses a finger, a wheel or a key. */
const onSign = ({ type, target }: Event): void => {
  if (type !== 'scroll' || target === document) start();
};

const letGo = (): HTMLElement[] => {
  const pressed = [...held];
  held.clear();
  for (const element of pressed) delete element.dataset['held'];
  return pressed.filter((element) => element.isConnected);
};

const release = (): void => {
  removeEventListener('click', hold, true);
  for (const pressed of letGo()) pressed.click();
};

const hold = (event: MouseEvent): void => {
  const { target, button, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (button !== 0 || altKey || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return;
  const pressed = target.closest<HTMLElement>('a, button:not([popovertarget])');
  if (!pressed?.closest('[data-live]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (held.size === 0) setTimeout(release, HOLD_AT_MOST_MS);
  held.add(pressed);
  pressed.dataset['held'] = '';
};

/** Who leaves the page before the scripts have come has still saved what they saved. */
const send = (): void => {
  for (const pressed of letGo()) {
    if (!(pressed instanceof HTMLButtonElement) || pressed.form?.method !== 'post') continue;
    const fields = [...new FormData(pressed.form)].map(([name, value]) => [name, String(value)]);
    void fetch(pressed.form.action, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
      keepalive: true,
    });
  }
};

/** What went wrong on the server is shown by React. */
const isBroken = (): boolean => document.querySelector('#__next_error__, template[data-dgst]') !== null;

const begin = (): void => {
  startBeacons();
  if (isBroken()) start();
};

for (const sign of SIGNS) addEventListener(sign, onSign, { capture: true, passive: true });
addEventListener('click', hold, true);
document.addEventListener(LIVE_EVENT, release, { once: true });
addEventListener('pagehide', send);
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();
