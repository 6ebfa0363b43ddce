/** Did the state move to `status` in this save? A state that was there before is no news. */
export const movedTo = <Status extends string>(
  status: Status,
  before: Status | null | undefined,
  after: Status | null | undefined,
): boolean => after === status && before !== status;
