import { useEffect } from 'react';

/** Do the keys belong to a field, or to the browser? */
const isTyping = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)));

/** Single keys that act on the whole page, while nobody types. */
export const useQueueKeys = (actions: Record<string, () => void>): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = isTyping(event) ? undefined : actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [actions]);
};
