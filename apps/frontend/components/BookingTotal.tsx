'use client';

import type { Locale, PriceUnit } from '@convene/common/listings';
import { unitsOf } from '@convene/common/price';
import { useEffect, useRef, useState } from 'react';
import { formatMoney } from '@/lib/format/price';
import { instantOf } from '@/lib/format/wallClock';
import styles from './BookingTotal.module.css';

type Props = {
  price: { amountMinor: number; currency: string; unit: PriceUnit };
  /** Of the times in the form. */
  timeZone: string;
  locale: Locale;
  /** `sum` with `{units}` and `{amount}` in it. */
  texts: { label: string; sum: string; open: string };
};

type Asked = { startsAt: Date; endsAt: Date; seats: number };

const MOST_SEATS = 1_000;

/** What the form asks for; null while it is not filled in so that it could be asked for. */
const askedIn = (form: HTMLFormElement, timeZone: string): Asked | null => {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '');
  const now = new Date();
  if (data.has('seats')) {
    const seats = Number(text('seats'));
    return Number.isInteger(seats) && seats >= 1 && seats <= MOST_SEATS ? { startsAt: now, endsAt: now, seats } : null;
  }
  const [startsAt, endsAt] = [instantOf(text('startsAt'), timeZone), instantOf(text('endsAt'), timeZone)];
  return startsAt && endsAt && startsAt < endsAt ? { startsAt, endsAt, seats: 1 } : null;
};

/** What it comes to, as the form around it is filled in. By the same rule as the booking's own total. */
export const BookingTotal = ({ price, timeZone, locale, texts }: Props) => {
  const output = useRef<HTMLOutputElement>(null);
  const [units, setUnits] = useState<number | null>(null);

  useEffect(() => {
    const form = output.current?.closest('form');
    if (!form) return;
    const update = () => {
      const asked = askedIn(form, timeZone);
      setUnits(asked && unitsOf(price.unit, asked));
    };
    update();
    form.addEventListener('input', update);
    return () => form.removeEventListener('input', update);
  }, [price.unit, timeZone]);

  const amount = formatMoney(price.amountMinor, price.currency, locale);
  return (
    <p className={styles.total}>
      <span>{texts.label}</span>
      <output ref={output} className={styles.sum}>
        {units === null ? (
          texts.open
        ) : (
          <>
            <span className={styles.how}>
              {texts.sum.replace('{units}', String(units)).replace('{amount}', amount)} ={' '}
            </span>
            <strong>{formatMoney(units * price.amountMinor, price.currency, locale)}</strong>
          </>
        )}
      </output>
    </p>
  );
};
