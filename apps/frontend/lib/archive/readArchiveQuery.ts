import { feedSorts } from '@convene/common/api';
import { currencies, type ListingKind } from '@convene/common/listings';
import { z } from 'zod';
import { type ArchiveParam, type ArchiveQuery, archiveParams, kindHasParam, sortsOf } from './archiveQuery';
import { boundsSchema } from './bounds';

/** What people write for a price without a word about the currency. */
const USUAL_CURRENCY = 'EUR';
const MOST_FACILITIES = 20;

const slug = z.string().regex(/^[a-z0-9-]{1,100}$/);
const whole = z
  .string()
  .regex(/^\d{1,7}$/)
  .transform(Number);
const money = z
  .string()
  .regex(/^\d{1,7}([.,]\d{1,2})?$/)
  .transform((text) => Math.round(Number(text.replace(',', '.')) * 100));

const schemas = {
  text: z
    .string()
    .transform((text) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim())
    .pipe(z.string().min(1).max(100)),
  city: slug,
  type: slug,
  from: z.iso.date(),
  to: z.iso.date(),
  priceMin: money,
  priceMax: money,
  currency: z.enum(currencies),
  capacity: whole.pipe(z.number().min(1).max(1_000_000)),
  rating: z
    .string()
    .regex(/^\d(\.\d)?$/)
    .transform(Number)
    .pipe(z.number().min(1).max(5)),
  facilities: z
    .string()
    .transform((slugs) => [...new Set(slugs.split(',').filter(Boolean))].toSorted())
    .pipe(z.array(slug).min(1).max(MOST_FACILITIES)),
  bounds: boundsSchema,
  sort: z.enum(feedSorts),
  view: z.enum(['map', 'list']).transform((view) => (view === 'map' ? view : undefined)),
  page: whole.pipe(z.number().min(1).max(500)).transform((page) => (page === 1 ? undefined : page)),
} satisfies { [Param in ArchiveParam]: z.ZodType<ArchiveQuery[Param], string> };

export type Params = Record<string, string | string[] | undefined>;

/** A form sends what was left open as empty text; of what is given twice the first counts, but a list is joined. */
const textOf = (params: Params, name: ArchiveParam): string => {
  const value = params[name];
  if (!Array.isArray(value)) return value?.trim() ?? '';
  return (name === 'facilities' ? value.join(',') : (value.find((text) => text.trim() !== '') ?? '')).trim();
};

/** Puts right what can only be meant one way. */
const tidy = (kind: ListingKind, query: ArchiveQuery): ArchiveQuery => {
  const { priceMin, priceMax, from, to, sort } = query;
  const isPriced = priceMin !== undefined || priceMax !== undefined;
  return {
    ...query,
    ...(priceMin !== undefined && priceMax !== undefined && priceMin > priceMax
      ? { priceMin: priceMax, priceMax: priceMin }
      : {}),
    ...(from && to && from > to ? { from: to, to: from } : {}),
    currency: isPriced ? (query.currency ?? USUAL_CURRENCY) : undefined,
    sort: sort === sortsOf(kind, query)[0] ? undefined : sort,
  };
};

const withoutGaps = (query: ArchiveQuery): ArchiveQuery =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

export type ReadArchive = {
  query: ArchiveQuery;
  /** What made no sense and was left out. */
  ignored: ArchiveParam[];
  /** Is there something in the address that says nothing, such as an empty field of a form? */
  isUntidy: boolean;
};

/** Reads the address of an archive. Never fails: what makes no sense is left out and named; what is unknown is not. */
export const readArchiveQuery = (kind: ListingKind, params: Params): ReadArchive => {
  const read: ArchiveQuery = {};
  const ignored: ArchiveParam[] = [];
  for (const param of archiveParams) {
    const text = textOf(params, param);
    if (text === '') continue;
    const parsed = schemas[param].safeParse(text);
    if (parsed.success && kindHasParam(kind, param)) Object.assign(read, { [param]: parsed.data });
    else ignored.push(param);
  }
  if (read.sort && !sortsOf(kind, read).includes(read.sort)) {
    ignored.push('sort');
    read.sort = undefined;
  }
  const isUntidy = archiveParams.some((param) => Array.isArray(params[param]) || params[param] === '');
  return { query: withoutGaps(tidy(kind, read)), ignored, isUntidy };
};
