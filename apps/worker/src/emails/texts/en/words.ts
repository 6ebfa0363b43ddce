import type { ListingKind } from '@convene/common';
import { formatCount } from '../../format/numbers';

export const kind: Record<ListingKind, string> = { locations: 'location', events: 'event', services: 'service' };
export const withArticle: Record<ListingKind, string> = {
  locations: 'a location',
  events: 'an event',
  services: 'a service',
};

export const count = (value: number): string => formatCount(value, ',');

/** `1 seat`, `2 seats`, `1,240 seats`. */
export const plural = (value: number, one: string, many: string): string =>
  value === 1 ? `1 ${one}` : `${count(value)} ${many}`;

export const capitalized = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
