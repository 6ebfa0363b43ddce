import type { PriceUnit } from '../listings/index';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How many units are begun by a booking: of an hour and a day its time, of people and tickets its seats. Also for
 * browsers: nothing but types is imported.
 */
export const unitsOf = (
  unit: PriceUnit,
  { startsAt, endsAt, seats }: { startsAt: Date; endsAt: Date; seats: number },
): number => {
  const ms = endsAt.getTime() - startsAt.getTime();
  const units = {
    hour: () => Math.ceil(ms / HOUR_MS),
    day: () => Math.ceil(ms / DAY_MS),
    event: () => 1,
    person: () => seats,
    ticket: () => seats,
  } satisfies Record<PriceUnit, () => number>;
  return units[unit]();
};
