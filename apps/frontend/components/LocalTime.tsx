'use client';

import type { Locale } from '@convene/common/listings';
import { useSyncExternalStore } from 'react';
import { formatMoment } from '@/lib/format/eventDates';

const never = () => () => undefined;

/** A moment by the reader's own clock; by UTC, named as that, until their browser has said which it is. */
export const LocalTime = ({ iso, locale, className }: { iso: string; locale: Locale; className?: string }) => {
  const text = useSyncExternalStore(
    never,
    () => formatMoment(iso, locale, Intl.DateTimeFormat().resolvedOptions().timeZone),
    () => formatMoment(iso, locale),
  );
  return (
    <time dateTime={iso} className={className}>
      {text}
    </time>
  );
};
