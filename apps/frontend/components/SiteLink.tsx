import type { ComponentProps } from 'react';

type Props = Omit<ComponentProps<'a'>, 'href'> & {
  href: string;
  /** Whether the page's top comes into view, as it does elsewhere. */
  scroll?: boolean;
  /** The id of what takes the focus on the page that it leads to, where the link itself is gone. */
  focusThen?: string;
};

/**
 * A link within the site, which {@link SiteNavigation} follows without loading a new document. Next's own link would
 * bring each of them to life in the browser by itself, with all its properties sent twice; one listener is enough for
 * all. Nothing is fetched ahead: pages are quick, and a prefetch would cost more than it saves.
 */
export const SiteLink = ({ scroll = true, focusThen, ...props }: Props) => (
  <a data-site-link={scroll ? '' : 'keep-scroll'} data-focus-then={focusThen} {...props} />
);
