import 'server-only';
import { getTranslations } from 'next-intl/server';
import { attempt } from '@/lib/backend/attempt';
import { getFeed } from '@/lib/backend/reads';
import { formatEventDay } from '@/lib/format/eventDates';
import { formatMoney } from '@/lib/format/price';
import { currentLocale } from '@/lib/i18n/currentLocale';
import type { ArchiveOfPage } from './archiveOfPage';
import { namesOfArchive } from './archiveTitle';
import { type LandingFacts, landingFacts } from './landingFacts';

/** As many as a page of the feed may have: most cities' and types' listings are all among them. */
const LOOKED_AT = 48;
const MOST_NAMED = 3;

type Archive = Pick<ArchiveOfPage, 'kind' | 'query' | 'taxonomies'>;

/** What the listings of a city or type have in common, or null while the backend is away. */
export const factsOfLanding = async ({ kind, query }: Archive): Promise<LandingFacts | null> => {
  const { city, type } = query;
  const feed = await attempt(() => getFeed({ kind, city, type, page: 1, pageSize: LOOKED_AT }));
  return feed.isAvailable ? landingFacts(feed.value) : null;
};

/** Sentences that say what there is, from its numbers. Without listings it is the kind's own lead. */
export const landingIntro = async (archive: Archive, facts: LandingFacts | null): Promise<string> => {
  const { kind } = archive;
  const t = await getTranslations();
  if (!facts || facts.total === 0) return t(`kinds.${kind}.lead`);
  const locale = await currentLocale();
  const { city, type } = namesOfArchive(archive);
  const { total, totalIsExact, types, cities, rating, cheapest, mostGuests, nextEvent } = facts;
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const within = (type ? (city ? [] : cities) : types).slice(0, MOST_NAMED).map(({ name }) => name);
  const count = t('archive.count', { count: total });
  const sentences = [
    totalIsExact
      ? t('find.intro.count', { count, where: city ? 'city' : 'none', city: city ?? '' })
      : t('find.intro.countAtLeast', { count: total, where: city ? 'city' : 'none', city: city ?? '' }),
    within.length > 1 ? t(type ? 'find.intro.cities' : 'find.intro.types', { names: list.format(within) }) : '',
    rating ? t('find.intro.rating', { average: Math.round(rating.average * 10) / 10, count: rating.reviews }) : '',
    cheapest
      ? t('find.intro.price', {
          price: t(`price.${cheapest.unit}`, { amount: formatMoney(cheapest.amountMinor, cheapest.currency, locale) }),
        })
      : '',
    mostGuests && kind === 'locations' ? t('find.intro.guests', { count: mostGuests }) : '',
    nextEvent ? t('find.intro.next', { day: formatEventDay(nextEvent, locale) }) : '',
  ];
  return sentences.filter(Boolean).join(' ');
};
