import type { ListingContent, ListingOptions, OwnListing } from '@convene/common/api';
import { richTextForEditor } from '@convene/common/richText';
import { saveListingAction } from '@/app/actions/ownListings';
import { valuesOf } from '@/lib/forms/listingForm';
import { cityPoints, listingFormTexts, listingSections } from '@/lib/forms/listingSections';
import { signInUrl } from '@/lib/session/asVisitor';
import { ListingForm } from './ListingForm';

/** The form of a new listing, or of the newest version of one. */
export const OwnListingForm = async ({
  content,
  options,
  saved,
}: {
  content: ListingContent;
  options: ListingOptions;
  saved: OwnListing | null;
}) => {
  const { kind, description } = content;
  const pictures = saved?.pictures ?? [];
  const values = valuesOf(content, pictures);
  return (
    <ListingForm
      key={saved?.updatedAt ?? kind}
      action={saveListingAction}
      hidden={{ kind, ...(saved ? { id: String(saved.id), expected: saved.updatedAt } : {}) }}
      sections={await listingSections({ kind, options, values })}
      description={description ? richTextForEditor(description) : null}
      pictures={pictures}
      points={cityPoints(options)}
      savedHref={saved ? `/account/listings/${kind}/${saved.id}` : null}
      signInHref={signInUrl('/account/listings', true)}
      texts={await listingFormTexts(saved?.isLive ?? false)}
    />
  );
};
