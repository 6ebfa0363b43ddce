import { numberFormat } from '@convene/common/formatters';
import type { Locale } from '@convene/common/listings';

/** An amount of minor units as people write it: `€45`, `45,50 RON`; cents only where there are some. */
export const formatMoney = (amountMinor: number, currency: string, locale: Locale): string => {
  const isWhole = amountMinor % 100 === 0;
  return numberFormat(locale === 'en' ? 'en-GB' : 'ro-RO', {
    style: 'currency',
    currency,
    minimumFractionDigits: isWhole ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(amountMinor / 100);
};
