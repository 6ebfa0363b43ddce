import type { Metadata } from 'next';
import { ArchivePage } from '@/components/ArchivePage';
import { archiveMetadata } from '@/lib/archive/archiveMetadata';
import { archiveOfPage } from '@/lib/archive/archiveOfPage';
import type { SearchParams } from '@/lib/request/searchParam';

type Props = { params: Promise<{ kind: string; type: string; city: string }>; searchParams: SearchParams };

const archiveOf = async ({ params, searchParams }: Props) => archiveOfPage(await params, await searchParams);

export const generateMetadata = async (props: Props): Promise<Metadata> => archiveMetadata(await archiveOf(props));

/** The listings of a type in a city. */
const TypeInCityPage = async (props: Props) => <ArchivePage archive={await archiveOf(props)} />;

export default TypeInCityPage;
