import { useEffect } from 'react';

/** Asks before a page is left, by a link of the site or by the browser, as long as `isOn`. */
export const useLeaveGuard = (isOn: boolean, question: string): void => {
  useEffect(() => {
    if (!isOn) return;
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const isElsewhere = link?.href && link.target !== '_blank' && !link.getAttribute('href')?.startsWith('#');
      if (!isElsewhere || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      // The site's links change the page without unloading it, so the browser would not ask.
      if (!window.confirm(question)) {
        event.preventDefault();
        event.stopPropagation();
      } else {
        removeEventListener('beforeunload', beforeUnload);
      }
    };
    addEventListener('beforeunload', beforeUnload);
    document.addEventListener('click', click, true);
    return () => {
      removeEventListener('beforeunload', beforeUnload);
      document.removeEventListener('click', click, true);
    };
  }, [isOn, question]);
};
