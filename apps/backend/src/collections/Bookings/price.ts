import type { Currency, PriceUnit } from '@convene/common/listings';
import { DAY_MS } from '@convene/common/time';

const HOUR_MS = 3_600_000;

export type ListedPrice = { amountMinor: number | null; currency: Currency | null; unit: PriceUnit | null };
export type BookedPrice = ListedPrice & { totalMinor: number | null };

/** How many units are begun: of an hour and a day the time, of people and tickets the seats. */
const unitsOf = (unit: PriceUnit, { startsAt, endsAt, seats }: { startsAt: Date; endsAt: Date; seats: number }) => {
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

/**
 * What a booking costs by the listing's price, in minor units: for information, nothing is paid here. No total where the
 * price is on request.
 */
export const priceOf = (price: ListedPrice, booked: { startsAt: Date; endsAt: Date; seats: number }): BookedPrice => ({
  ...price,
  totalMinor:
    price.amountMinor === null || price.currency === null
      ? null
      : price.amountMinor * unitsOf(price.unit ?? 'event', booked),
});
