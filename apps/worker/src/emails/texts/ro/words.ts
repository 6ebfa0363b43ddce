import type { ListingKind } from '@convene/common';
import { formatCount } from '../../format/numbers';

export const kind: Record<ListingKind, string> = { locations: 'locație', events: 'eveniment', services: 'serviciu' };
export const withArticle: Record<ListingKind, string> = {
  locations: 'o locație',
  events: 'un eveniment',
  services: 'un serviciu',
};
export const definite: Record<ListingKind, string> = {
  locations: 'locația',
  events: 'evenimentul',
  services: 'serviciul',
};
export const thisOne: Record<ListingKind, string> = {
  locations: 'această locație',
  events: 'acest eveniment',
  services: 'acest serviciu',
};
export const yours: Record<ListingKind, string> = {
  locations: 'locația ta',
  events: 'evenimentul tău',
  services: 'serviciul tău',
};

/** Only „locație” is feminine. */
export const ending = (of: ListingKind): string => (of === 'locations' ? 'ă' : '');

export const capitalized = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

export const count = (value: number): string => formatCount(value, '.');

/** Does a noun after this number need „de” in between? 20 de locuri, 100 de locuri; but 0, 2, 19, 101 locuri. */
const needsDe = (value: number): boolean => {
  const lastTwo = value % 100;
  return value !== 0 && (lastTwo === 0 || lastTwo >= 20);
};

/** `un loc`, `2 locuri`, `20 de locuri`; `one` comes with its article. */
export const plural = (value: number, one: string, many: string): string => {
  if (value === 1) return one;
  return `${count(value)} ${needsDe(value) ? 'de ' : ''}${many}`;
};
