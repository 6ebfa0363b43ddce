import type { AccountMarks } from '@convene/common/api';
import { LRUCache } from 'lru-cache';
import { processState } from '@/lib/processState';

/** So long another process of the site may show what was before. Who changes something sees it at once. */
const FRESH_FOR_MS = 10_000;

/** The marks of accounts, by their ids. */
export const marksMemory = (): LRUCache<string, AccountMarks> =>
  processState('accountMarks', () => new LRUCache<string, AccountMarks>({ max: 2_000, ttl: FRESH_FOR_MS }));

/** After a favourite was changed or a message read. */
export const forgetMarks = (userId: string): void => {
  marksMemory().delete(userId);
};
