import type { ListingKind } from '@convene/common/listings';
import type { Subject } from './subjects';

/** What waits, as the page shows it: everything that a decision needs, in one place. */
export type QueueItem = {
  subject: Subject;
  kind: ListingKind | null;
  id: number;
  seen: string;
  /** "3 h" */
  age: string;
  since: string;
  isLate: boolean;
  badge: string | null;
  title: string;
  /** Whose it is, and what it is about. */
  links: { label: string; text: string; href: string | null }[];
  facts: { label: string; text: string }[];
  /** What somebody wrote, word by word. */
  text: string | null;
  /** Of an edit: what differs from what visitors see. */
  changes: { label: string; before: string; after: string }[];
  images: { url: string; alt: string }[];
  /** Why it can't be approved as it is. */
  warning: string | null;
  adminHref: string;
  publicHref: string | null;
};

export const keyOf = ({ subject, kind, id }: Pick<QueueItem, 'subject' | 'kind' | 'id'>): string =>
  `${subject}-${kind ?? ''}-${id}`;
