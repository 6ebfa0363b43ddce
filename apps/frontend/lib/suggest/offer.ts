/** What the search box offers, in the visitor's language: a name, what it is, and where it leads. */
export type Offer = { href: string; label: string; note: string };
/** With how many there are, as it is said to who can't see the list. */
export type Offers = { items: Offer[]; said: string };
