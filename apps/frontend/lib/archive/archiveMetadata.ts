import 'server-only';
import type { Metadata } from 'next';
import { archiveUrl } from '@/lib/archiveUrl';
import { attempt } from '@/lib/backend/attempt';
import { openGraphOf } from '@/lib/openGraph/openGraphOf';
import { activeFilters } from './activeFilters';
import { type ArchiveOfPage, feedOfArchive } from './archiveOfPage';
import { isPlain } from './archiveQuery';
import { archiveTitle } from './archiveTitle';
import { factsOfLanding, landingIntro } from './landingIntro';

/** Does more than city and type narrow it? Orders and views narrow nothing. */
const isFiltered = ({ query }: ArchiveOfPage): boolean =>
  activeFilters(query).some(({ name }) => name !== 'city' && name !== 'type');

/**
 * What search engines are told. An archive that only city and type narrow is its landing page, whatever its order and
 * view, and each of its pages is a page of its own. With any other filter there are too many to be worth finding: they
 * stay out, but their links are followed.
 */
export const archiveMetadata = async (archive: ArchiveOfPage): Promise<Metadata> => {
  const { kind, query, isComplete } = archive;
  const title = await archiveTitle(archive);
  if (isFiltered(archive)) return { title, robots: { index: false, follow: true } };
  const { city, type, page } = query;
  const own = isPlain(query) ? query : { city, type };
  const url = archiveUrl(kind, own);
  const [feed, facts] = await Promise.all([attempt(() => feedOfArchive(archive)), factsOfLanding(archive)]);
  const description = await landingIntro(archive, facts);
  const current = page ?? 1;
  const pages = feed.isAvailable ? Math.ceil(feed.value.total / feed.value.pageSize) : 1;
  const isWorthFinding = isComplete && feed.isAvailable && feed.value.items.length > 0;
  return {
    title,
    description,
    alternates: { canonical: url },
    openGraph: await openGraphOf({ title, description, url }),
    pagination: {
      previous: current > 1 ? archiveUrl(kind, { ...own, page: current - 1 }) : null,
      next: current < pages ? archiveUrl(kind, { ...own, page: current + 1 }) : null,
    },
    ...(isWorthFinding || (isComplete && !city && !type && current === 1)
      ? {}
      : { robots: { index: false, follow: true } }),
  };
};
