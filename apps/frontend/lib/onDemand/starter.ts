import { startBeacons } from '../beacons/browser';
import { FAILED_MARK, LIVE_EVENT, WAITING_SRC, WAITING_TYPE } from './marks';

/*
 * The only script of a page whose scripts wait. It counts what is looked at, and has the scripts come at the first sign
 * of somebody: a finger or pointer, a key, a scroll, the focus. What is pressed before they have come and needs them
 * (anything within `data-live`) is held, shown as held, and pressed again when React has taken the page over; everything
 * else does what it does without script. Built by `finishBuild.ts`, put into pages by `holdScripts.ts`.
 */

const SIGNS = ['pointerover', 'pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin', 'click'];
/** After that long a press does what it does without script. */
const HOLD_AT_MOST_MS = 10_000;
/** No network for a moment is no reason to do without; scripts that are gone, with a new release, are one. */
const MAX_TRIES = 3;

const held = new Set<HTMLElement>();
let isPressing = false;
let isComing = false;
let tries = 0;

const load = (): void => {
  for (const waiting of document.querySelectorAll<HTMLScriptElement>(`script[type="${WAITING_TYPE}"]`)) {
    const script = document.createElement('script');
    for (const { name, value } of waiting.attributes) {
      if (name !== 'type' && name !== WAITING_SRC) script.setAttribute(name, value);
    }
    // A document's own script can read it, its attribute is empty by then.
    script.nonce = waiting.nonce;
    script.onerror = () => {
      script.replaceWith(waiting);
      fail();
    };
    script.src = waiting.getAttribute(WAITING_SRC) ?? '';
    waiting.replaceWith(script);
  }
};

const start = (): void => {
  if (isComing) return;
  isComing = true;
  tries += 1;
  for (const sign of SIGNS) removeEventListener(sign, onSign, true);
  load();
  // The rest of a page that is still on its way.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', load, { once: true });
};

/** A gallery that finds its place scrolls by itself; whoever scrolls in it uses a finger, a wheel or a key. */
const onSign = ({ type, target }: Event): void => {
  if (type !== 'scroll' || target === document) start();
};

const wait = (): void => {
  isComing = false;
  for (const sign of SIGNS) addEventListener(sign, onSign, { capture: true, passive: true });
};

/** One of the scripts can't be had. */
const fail = (): void => {
  pressNatively();
  // The others of the same try are on their way, or fail too.
  if (!isComing) return;
  if (tries < MAX_TRIES) wait();
  else {
    removeEventListener('click', hold, true);
    document.documentElement.setAttribute(FAILED_MARK, '');
  }
};

const letGo = (): HTMLElement[] => {
  const pressed = [...held];
  held.clear();
  for (const element of pressed) delete element.dataset['held'];
  return pressed.filter((element) => element.isConnected);
};

const press = (elements: HTMLElement[]): void => {
  isPressing = true;
  for (const element of elements) element.click();
  isPressing = false;
};

const isSave = (element: HTMLElement): element is HTMLButtonElement =>
  element instanceof HTMLButtonElement && element.form?.method === 'post';

/** By one request: of several each would answer with a cookie of its own. */
const save = async (buttons: HTMLButtonElement[]): Promise<void> => {
  const action = buttons[0]?.form?.action;
  if (!action) return;
  const fields = buttons.flatMap(({ form }) => (form ? [...new FormData(form)] : []));
  await fetch(action, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(fields.map(([name, value]) => [name, String(value)])),
    keepalive: true,
  });
};

/** What was held does what it does without script. */
const pressNatively = (): void => {
  const pressed = letGo();
  const saves = pressed.filter(isSave);
  // Of several forms that are sent each would take the place of the one before.
  if (saves.length > 1) void save(saves).finally(() => location.reload());
  else press(pressed.slice(-1));
};

const onLive = (): void => {
  removeEventListener('click', hold, true);
  press(letGo());
};

const hold = (event: MouseEvent): void => {
  const { target, button, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (isPressing || button !== 0 || altKey || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return;
  const pressed = target.closest<HTMLElement>('a, button:not([popovertarget])');
  if (!pressed?.closest('[data-live]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (held.size === 0) setTimeout(pressNatively, HOLD_AT_MOST_MS);
  held.add(pressed);
  pressed.dataset['held'] = '';
};

/** Who leaves the page before the scripts have come has still saved what they saved. */
const onLeave = (): void => {
  void save(letGo().filter(isSave));
};

/** What went wrong on the server is shown by React. */
const isBroken = (): boolean => document.querySelector('#__next_error__, template[data-dgst]') !== null;

const begin = (): void => {
  startBeacons();
  if (isBroken()) start();
};

wait();
addEventListener('click', hold, true);
document.addEventListener(LIVE_EVENT, onLive, { once: true });
addEventListener('pagehide', onLeave);
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();
