import { getTranslations } from 'next-intl/server';
import type { ArchiveOfPage } from './archiveOfPage';

/** The names that the taxonomies give the city and the type of an archive. */
export const namesOfArchive = ({ kind, query, taxonomies }: Pick<ArchiveOfPage, 'kind' | 'query' | 'taxonomies'>) => ({
  city: taxonomies.cities.find(({ slug }) => slug === query.city)?.name,
  type: taxonomies.types.find((candidate) => candidate.kind === kind && candidate.slug === query.type)?.name,
});

export const archiveTitle = async (archive: Pick<ArchiveOfPage, 'kind' | 'query' | 'taxonomies'>): Promise<string> => {
  const t = await getTranslations();
  const { kind } = archive;
  const { city, type } = namesOfArchive(archive);
  if (city && type) return t('archive.ofTypeInCity', { type, city });
  if (city) return t('archive.inCity', { kind, city });
  if (type) return t('archive.ofType', { type });
  return t(`kinds.${kind}.plural`);
};
