import type { Price } from '@convene/common/api';
import type { Locale } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { formatMoney } from '@/lib/format/price';
import { currentLocale } from '@/lib/i18n/currentLocale';

/** A price with what it is for, "Free", or that it is given on request; in the visitor's language unless one is named. */
export const priceText = async (price: Price | null, asked?: Locale): Promise<string> => {
  const locale = asked ?? (await currentLocale());
  const t = await getTranslations({ locale, namespace: 'price' });
  if (!price) return t('onRequest');
  if (price.amountMinor === 0) return t('free');
  return t(price.unit, { amount: formatMoney(price.amountMinor, price.currency, locale) });
};

export const PriceText = ({ price }: { price: Price | null }) => priceText(price);
