import type { Price } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { formatMoney } from '@/lib/format/price';
import { currentLocale } from '@/lib/i18n/currentLocale';

/** A price with what it is for, "Free", or that it is given on request. */
export const priceText = async (price: Price | null): Promise<string> => {
  const t = await getTranslations('price');
  if (!price) return t('onRequest');
  if (price.amountMinor === 0) return t('free');
  return t(price.unit, { amount: formatMoney(price.amountMinor, price.currency, await currentLocale()) });
};

export const PriceText = ({ price }: { price: Price | null }) => priceText(price);
