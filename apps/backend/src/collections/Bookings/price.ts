import type { Currency, PriceUnit } from '@convene/common/listings';
import { unitsOf } from '@convene/common/price';

export type ListedPrice = { amountMinor: number | null; currency: Currency | null; unit: PriceUnit | null };
export type BookedPrice = ListedPrice & { totalMinor: number | null };

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
