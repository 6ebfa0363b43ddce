import type { KeyboardEvent } from 'react';

/** Where the arrow keys, Home and End lead among pictures; null for every other key, or with one that changes it. */
export const pictureAfter = (event: KeyboardEvent, { index, last }: { index: number; last: number }): number | null => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const targets: Record<string, number> = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last };
  const target = targets[event.key];
  return target === undefined ? null : Math.max(0, Math.min(last, target));
};
