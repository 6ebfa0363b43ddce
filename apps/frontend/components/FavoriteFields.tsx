type Props = { kind: string; listingId: number; favorite: boolean; path: string };

/** What the form says that is sent without script. */
export const FavoriteFields = ({ kind, listingId, favorite, path }: Props) => (
  <>
    <input type="hidden" name="kind" value={kind} />
    <input type="hidden" name="listingId" value={listingId} />
    <input type="hidden" name="favorite" value={String(favorite)} />
    <input type="hidden" name="path" value={path} />
  </>
);
