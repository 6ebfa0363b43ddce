import { type Role, roles } from '@convene/common/listings';

/**
 * Everybody who can turn up. An account that is in the bin or whose address is not confirmed has no rights at all, even
 * where a token from before is still shown.
 */
export const people = ['anonymous', ...roles, 'deleted', 'unverified'] as const;
export type Person = (typeof people)[number];

/** `own`: whoever the row belongs to, whatever their roles. */
export type Audience = readonly (Person | 'own')[];

const withoutAccount: readonly Person[] = ['anonymous', 'deleted', 'unverified'];

export const anyone: Audience = people;
export const nobody: Audience = [];
export const staff: Audience = ['moderator', 'admin'];
export const admins: Audience = ['admin'];
export const own: Audience = ['own'];
export const ownOrStaff: Audience = ['own', ...staff];
export const ownOrAdmins: Audience = ['own', ...admins];
export const signedIn: Audience = people.filter((person) => !withoutAccount.includes(person));
export const whoeverLists: Audience = ['host', 'organizer', 'provider', ...staff];
export const staffAnd = (role: Role): Audience => [role, ...staff];

/** Does the audience include this person, for a row that is or isn't theirs? */
export const includes = (audience: Audience, { person, isOwn }: { person: Person; isOwn: boolean }): boolean =>
  audience.includes(person) || (isOwn && audience.includes('own') && !withoutAccount.includes(person));
