/*
 * Names, titles and messages are written by strangers. React keeps them from becoming HTML; these keep them from
 * becoming a header, a second line or, in programs that make links out of anything that looks like one, a link.
 */

/** Control and direction characters, and every kind of line break and space, as one space. */
const asOneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** By whole characters, so that no half of an emoji is left. */
const shortenedTo = (text: string, length: number): string => {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
};

const looksLikeLink = /:\/\/|www\.|@|[\p{L}\p{N}-]\.\p{L}{2,}/iu;

/**
 * A zero-width space where a mail program would see an address: `example.com` stays readable and is no link.
 * Once more changes nothing.
 */
export const withoutLinks = (text: string): string =>
  text
    .replace(/:(?=\/\/)/g, ':\u200b')
    // Not within a number: 1.240 has to stay on one line, and no program takes it for an address.
    .replace(/(?<=[\p{L}-])[.。．｡](?=[\p{L}\p{N}])|(?<=\p{N})[.。．｡](?=\p{L})/gu, '$&\u200b')
    .replace(/@(?!\u200b)/g, '@\u200b')
    .replace(/\b(mailto|tel|sms|data|javascript):(?!\u200b)/gi, '$1:\u200b');

/** A subject as a header may hold it: one line of at most 150 characters. */
export const safeSubject = (text: string): string => shortenedTo(asOneLine(text), 150);

/** A title or a name within a sentence. */
export const safeTitle = (title: string): string => withoutLinks(shortenedTo(asOneLine(title), 120));

/** A title or a name within a subject: short enough to leave the rest of the sentence its room. */
export const shortTitle = (title: string): string => shortenedTo(asOneLine(title), 70);

/** What somebody wrote, as an inbox shows it beside the subject. */
export const oneLineOf = (text: string): string => withoutLinks(shortenedTo(asOneLine(text), 120));

/** The name in a greeting; null for one that is empty or looks like an address, which nobody is called. */
export const greetingName = (displayName: string): string | null => {
  const name = asOneLine(displayName);
  return name === '' || looksLikeLink.test(name) ? null : shortenedTo(name, 60);
};

/** What staff wrote, by paragraphs; its links are theirs and stay. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(asOneLine)
    .filter((line) => line !== '');

/** What anybody else wrote, by paragraphs; none of it becomes a link. */
export const strangersParagraphsOf = (text: string): string[] => paragraphsOf(text).map(withoutLinks);

/** An address of which its owner knows which it is, and nobody else does: `m•••@example.com`. */
export const maskedAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  const [first = ''] = address.slice(0, at);
  return withoutLinks(`${first}•••${address.slice(at)}`);
};
