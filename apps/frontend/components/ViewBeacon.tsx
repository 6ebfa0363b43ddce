/** Marks a page as a listing's, which is reported once it is looked at (lib/beacons/browser.ts). Shows nothing. */
export const ViewBeacon = ({ kind, listingId }: { kind: string; listingId: number }) => (
  <span hidden data-view={`${kind}:${listingId}`} />
);
