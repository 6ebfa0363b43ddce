import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountFrame } from '@/components/AccountFrame';
import { ListingPreview } from '@/components/ListingPreview';
import { OwnListingNav } from '@/components/OwnListingNav';
import { Unavailable } from '@/components/Unavailable';
import { getOwnListing, getPreview } from '@/lib/backend/ownListings';
import { type OwnListingParams, ownRefOf, readOwn } from '@/lib/session/ownPage';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('owner.preview'))('title'),
  robots: { index: false },
});

/** The newest version as visitors will see it: for its owner alone, and counted nowhere. */
const PreviewPage = async ({ params }: { params: OwnListingParams }) => {
  const listing = await ownRefOf(params);
  const path = `/account/listings/${listing.kind}/${listing.id}/preview`;
  const found = await readOwn(path, async (token) => ({
    saved: await getOwnListing(token, listing),
    detail: await getPreview(token, listing),
  }));
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const { saved, detail } = found.value;
  const t = await getTranslations('owner.preview');
  return (
    <AccountFrame
      title={t('title')}
      lead={t(saved.isBesideLive ? 'leadBesideLive' : saved.isLive ? 'leadLive' : 'lead')}
    >
      <OwnListingNav listing={saved} current="preview" />
      <ListingPreview listing={detail} />
    </AccountFrame>
  );
};

export default PreviewPage;
