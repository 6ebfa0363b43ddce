'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** The heading of what a form led to on the same page: takes the focus, so that a screen reader goes on from there. */
export const ArrivedHeading = ({ id, children }: { id: string; children: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} id={id} tabIndex={-1}>
      {children}
    </h2>
  );
};
