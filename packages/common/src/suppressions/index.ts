/** Why an address is not written to. */
export const suppressionReasons = ['bounce', 'complaint', 'unsubscribe', 'manual'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** The category of a suppression that counts for every mail, also one about the account or its security. */
export const EVERY_CATEGORY = 'all';

/** A provider's messages may quote an address: it belongs neither into a log nor into a row that tells of an error. */
export const withoutAddresses = (text: string): string => text.replace(/[^\s<>"'`(),;]+@[^\s<>"'`(),;]+/g, '[address]');

/** An address as suppressions are kept and looked up: neither case nor surrounding space makes another mailbox. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();
