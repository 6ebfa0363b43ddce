'use client';

import { useLinkStatus } from 'next/link';

/** Inside a link: shows along the top of the window that the page it leads to is on its way. */
export const PendingMark = () => {
  const { pending } = useLinkStatus();
  return <span className="pendingMark" data-pending={pending} aria-hidden="true" />;
};
