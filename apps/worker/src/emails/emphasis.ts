/*
 * A sentence of a catalogue may set off a name or a title. It does so by two control characters, which the safe-text
 * functions take out of everything that people write: nobody but the catalogues can set anything off.
 */

const START = '\u0001';
const END = '\u0002';

/** Sets a part of a catalogue's sentence off. */
export const strong = (text: string): string => `${START}${text}${END}`;

export type Piece = { text: string; isStrong: boolean };

/** The pieces of a sentence in their order, those between the marks set off. */
export const piecesOf = (sentence: string): Piece[] =>
  sentence
    .split(START)
    .flatMap((part, index): Piece[] => {
      if (index === 0) return [{ text: part, isStrong: false }];
      const [inside = '', ...after] = part.split(END);
      return [
        { text: inside, isStrong: true },
        { text: after.join(''), isStrong: false },
      ];
    })
    .filter(({ text }) => text !== '');
