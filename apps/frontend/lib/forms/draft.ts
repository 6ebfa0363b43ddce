/*
 * What was typed into a form whose session had ended: kept in the tab while its writer signs in again. Nothing leaves
 * the browser, and it goes when the form is answered or shown again, or with the tab.
 */

/** Marks the address of a form that is come back to after signing in. */
export const RESUMED = 'resumed';

/** The address with the mark. */
export const resumedPath = (path: string): string => {
  const [beforeHash = '', hash] = path.split('#');
  return `${beforeHash}${beforeHash.includes('?') ? '&' : '?'}${RESUMED}=1${hash ? `#${hash}` : ''}`;
};

/** The address without it. */
export const unresumedPath = (path: string): string => {
  const [beforeHash = '', hash] = path.split('#');
  const [pathname = '', search = ''] = beforeHash.split('?');
  const rest = search.split('&').filter((part) => part !== '' && part !== `${RESUMED}=1`);
  return `${pathname}${rest.length > 0 ? `?${rest.join('&')}` : ''}${hash ? `#${hash}` : ''}`;
};

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

/** Passwords and what the site itself put there are not typed text. */
const controlsOf = (form: HTMLFormElement): Control[] =>
  [...form.elements]
    .filter(isControl)
    .filter(({ name, type }) => name !== '' && type !== 'hidden' && type !== 'password');

const keyOf = (pathname = location.pathname): string => `convene-draft ${pathname}`;

/** Some browsers refuse it, when cookies are blocked or it is full: then there is no draft, and the form works on. */
const storage = <T>(use: (store: Storage) => T): T | null => {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
};

const isTicked = (control: Control): boolean =>
  !(control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type)) || control.checked;

/** Keeps what stands in the form now. */
export const keepDraft = (form: HTMLFormElement): void => {
  const typed = controlsOf(form)
    .filter(isTicked)
    .map(({ name, value }) => [name, value]);
  storage((store) => store.setItem(keyOf(), JSON.stringify(typed)));
};

/** The form was answered: what stood in it is sent, or shown again by the answer. */
export const dropDraft = (pathname?: string): void => {
  storage((store) => store.removeItem(keyOf(pathname)));
};

const readDraft = (): [string, string][] => {
  const text = storage((store) => store.getItem(keyOf()));
  dropDraft();
  if (!text || !new URLSearchParams(location.search).has(RESUMED)) return [];
  // Later than now: only then has the router, which wants to hear of it, taken the history over.
  setTimeout(() => history.replaceState(null, '', unresumedPath(location.pathname + location.search + location.hash)));
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed)
    ? parsed.filter(
        (entry): entry is [string, string] => Array.isArray(entry) && entry.every((part) => typeof part === 'string'),
      )
    : [];
};

/**
 * Puts back what was typed before its writer had to sign in; of any other visit the draft is dropped.
 *
 * @returns whether there was something
 */
export const restoreDraft = (form: HTMLFormElement): boolean => {
  const typed = readDraft();
  for (const control of controlsOf(form)) {
    const values = typed.filter(([name]) => name === control.name).map(([, value]) => value);
    if (values.length === 0) continue;
    if (control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type)) {
      control.checked = values.includes(control.value);
    } else {
      control.value = values[0] ?? '';
    }
    // What computes from the form hears of it.
    control.dispatchEvent(new Event('input', { bubbles: true }));
  }
  return typed.some(([, value]) => value !== '');
};
