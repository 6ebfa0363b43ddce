'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { followedLink } from '@/lib/followedLink';

/**
 * Follows the site's links without loading a new document, and shows along the top of the window that a page is on its
 * way. Without script, or before it has come, they are links like any other.
 */
export const SiteNavigation = () => {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = followedLink(event, location);
      if (!link) return;
      event.preventDefault();
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
