/** The id behind a relationship, whether Payload has filled it in or not. */
export const idOf = (related: number | { id: number } | null | undefined): number | null => {
  if (related === null || related === undefined) return null;
  return typeof related === 'number' ? related : related.id;
};
