'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';
import { followedLink } from '@/lib/followedLink';

/**
 * Follows the site's links without loading a new document, and shows along the top of the window that a page is on its
 * way. Without script, or before it has come, they are links like any other.
 */
export const SiteNavigation = () => {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  /** The id of what takes the focus once the page is there, in the place of a link that goes with the old one. */
  const focusThen = useRef<string | undefined>(undefined);

  useEffect(() => {
    if (isPending || !focusThen.current) return;
    document.getElementById(focusThen.current)?.focus({ preventScroll: true });
    focusThen.current = undefined;
  }, [isPending]);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = followedLink(event, location);
      if (!link) return;
      event.preventDefault();
      focusThen.current = link.focusThen;
      startTransition(() => {
        // As browsers do: a link to where one is leaves no second entry in the history.
        const go = link.href === location.href ? router.replace : router.push;
        go(link.href, { scroll: link.scroll });
      });
    };
    // After React's own listeners, which may have taken the click.
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [router]);

  return <span className="pendingMark" data-pending={isPending} aria-hidden="true" />;
};
