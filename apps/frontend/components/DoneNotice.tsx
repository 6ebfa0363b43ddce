'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** Tells what became of the form that led here, and takes the focus, so that a screen reader reads it. */
export const DoneNotice = ({ children }: { children: ReactNode }) => {
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => notice.current?.focus({ preventScroll: true }), []);
  return (
    <p ref={notice} className="notice noticeGood" role="status" tabIndex={-1}>
      {children}
    </p>
  );
};
