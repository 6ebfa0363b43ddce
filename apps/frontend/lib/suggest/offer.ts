/** What the search box offers, in the visitor's language: a name, what it is, and where it leads. */
export type Offer = { href: string; label: string; note: string };
export type Offers = { items: Offer[] };
