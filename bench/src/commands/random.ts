export type Random = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const seededRandom = (seed: number): Random => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const wholeBelow = (random: Random, limit: number): number => Math.floor(random() * limit);

/** A waiting time whose mean is `mean`, as between arrivals that know nothing of each other. */
export const exponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean;

/** A UUID of version 4 in shape. */
export const seededUuid = (random: Random): string => {
  const hex = Array.from({ length: 32 }, () => wholeBelow(random, 16).toString(16));
  hex[12] = '4';
  hex[16] = '8';
  const text = hex.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
};
