type Click = Pick<MouseEvent, 'target' | 'button' | 'defaultPrevented' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/**
 * The page of the site that a click asks for; null where the browser itself knows better what to do: a new window, a
 * download, a place on the same page, another site.
 */
export const followedLink = (
  { target, button, defaultPrevented, altKey, ctrlKey, metaKey, shiftKey }: Click,
  here: Pick<Location, 'origin' | 'pathname' | 'search'>,
): { href: string; scroll: boolean; focusThen?: string } | null => {
  if (defaultPrevented || button !== 0 || altKey || ctrlKey || metaKey || shiftKey) return null;
  const link = target instanceof Element ? target.closest('a[data-site-link]') : null;
  if (!(link instanceof HTMLAnchorElement)) return null;
  if ((link.target !== '' && link.target !== '_self') || link.hasAttribute('download')) return null;
  const { href, origin, pathname, search, hash } = new URL(link.href);
  const isSamePage = pathname === here.pathname && search === here.search;
  if (origin !== here.origin || (isSamePage && hash !== '')) return null;
  const { siteLink, focusThen } = link.dataset;
  return { href, scroll: siteLink !== 'keep-scroll', ...(focusThen ? { focusThen } : {}) };
};
