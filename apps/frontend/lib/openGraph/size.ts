/** What the networks ask for. */
export const openGraphSize = { width: 1_200, height: 630 };
export const openGraphType = 'image/jpeg';
