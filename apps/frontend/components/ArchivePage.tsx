import { getTranslations } from 'next-intl/server';
import { type ArchiveOfPage, feedOfArchive, mapOfArchive, tidyAddress } from '@/lib/archive/archiveOfPage';
import { isPlain } from '@/lib/archive/archiveQuery';
import { archiveTitle } from '@/lib/archive/archiveTitle';
import { factsOfLanding, landingIntro } from '@/lib/archive/landingIntro';
import { archiveUrl } from '@/lib/archiveUrl';
import { attempt } from '@/lib/backend/attempt';
import { ArchiveView } from './ArchiveView';
import { LandingPath } from './LandingPath';
import { Neighbours } from './Neighbours';
import { Unavailable } from './Unavailable';

/** An archive or a landing page, whichever its address asks for. */
export const ArchivePage = async ({ archive }: { archive: ArchiveOfPage }) => {
  tidyAddress(archive);
  const { kind, query, ignored, taxonomies } = archive;
  const [feed, map] = await Promise.all([attempt(() => feedOfArchive(archive)), mapOfArchive(archive)]);
  if (!feed.isAvailable) return <Unavailable retryHref={archiveUrl(kind, query)} />;
  const t = await getTranslations('kinds');
  const isLanding = isPlain(query) && Boolean(query.city || query.type);
  const facts = isLanding ? await factsOfLanding(archive) : null;
  return (
    <ArchiveView
      kind={kind}
      query={query}
      ignored={ignored}
      taxonomies={taxonomies}
      feed={feed.value}
      map={map}
      title={await archiveTitle(archive)}
      lead={isLanding ? await landingIntro(archive, facts) : t(`${kind}.lead`)}
      before={query.city || query.type ? <LandingPath archive={archive} /> : null}
      after={query.view === 'map' ? null : <Neighbours archive={archive} facts={facts} />}
    />
  );
};
