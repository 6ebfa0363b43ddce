import type { Availability, ListingDetail } from '@convene/common/api';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { bookAction } from '@/app/actions/market';
import { ActFrame } from '@/components/ActFrame';
import { ActionForm, type Field } from '@/components/ActionForm';
import { AvailabilityCalendar } from '@/components/AvailabilityCalendar';
import { BookingTotal } from '@/components/BookingTotal';
import { priceText } from '@/components/PriceText';
import { Unavailable } from '@/components/Unavailable';
import { attempt } from '@/lib/backend/attempt';
import { type ListingParams, listingOfPage } from '@/lib/backend/listingOfPage';
import { getAvailability } from '@/lib/backend/listingReads';
import { mineOf } from '@/lib/backend/mineOf';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import { timeFields } from '@/lib/forms/timeFields';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { requireSession } from '@/lib/session/requireSession';

type Props = { params: ListingParams };

const titleOf = async ({ kind, title }: ListingDetail): Promise<string> =>
  (await getTranslations('book'))(kind === 'events' ? 'titleEvent' : 'titleStay', { title });

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const listing = await listingOfPage(params, '/book');
  return { ...(listing.isAvailable ? { title: await titleOf(listing.value) } : {}), robots: { index: false } };
};

/** Asks for seats of an event or for a time. No payment is taken. */
const BookPage = async ({ params }: Props) => {
  const { kind, slug } = await params;
  const path = `/${kind}/${slug}/book`;
  const found = await listingOfPage(params, '/book');
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const listing = found.value;
  await requireSession(path);
  const availability = await attempt(() => getAvailability(listing.kind, listing.slug));
  if (!availability.isAvailable) return <Unavailable retryHref={path} />;
  const t = await getTranslations();
  const isEvent = listing.kind === 'events';
  const obstacle = await obstacleTo(listing, availability.value);
  return (
    <ActFrame
      listing={listing}
      title={await titleOf(listing)}
      lead={isEvent ? t('book.leadEvent') : t('book.leadStay', { kind: listing.kind })}
    >
      {obstacle ? (
        <p className="notice">{obstacle}</p>
      ) : (
        <>
          {isEvent ? null : <AvailabilityCalendar availability={availability.value} />}
          <ActionForm
            action={bookAction}
            hidden={{
              kind: listing.kind,
              listingId: String(listing.id),
              timeZone: availability.value.timeZone,
              path,
              ...formStamp(),
            }}
            honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
            fields={await fieldsOf(listing, availability.value)}
            resumed={t('forms.resumed')}
            submit={t(isEvent ? 'book.submitEvent' : 'book.submitStay')}
          >
            <Total listing={listing} timeZone={availability.value.timeZone} />
            <p className="hint">{t('act.noPayment')}</p>
          </ActionForm>
        </>
      )}
    </ActFrame>
  );
};

const Total = async ({ listing: { kind, price }, timeZone }: { listing: ListingDetail; timeZone: string }) => {
  const t = await getTranslations('book');
  if (!price) return <p className="hint">{t('totalOnRequest')}</p>;
  if (price.amountMinor === 0) return null;
  return (
    <BookingTotal
      price={price}
      timeZone={timeZone}
      locale={await currentLocale()}
      texts={{
        label: t('total'),
        sum: t(`sum.${price.unit}`, { units: '{units}', amount: '{amount}' }),
        open: `${await priceText(price)}${kind === 'events' ? '' : ` · ${t('totalOpen')}`}`,
      }}
    />
  );
};

/** In words, why this can't be booked; null where it can. */
const obstacleTo = async (listing: ListingDetail, { hasOwner, seatsLeft }: Availability): Promise<string | null> => {
  const t = await getTranslations();
  const mine = await mineOf(listing);
  if (mine?.isOwner) return t('act.own');
  if (mine?.participation) return t('forms.refusals.takes-part');
  if (!hasOwner) return t('act.nobody');
  if (listing.kind === 'events' && !listing.event) notFound();
  if (listing.event?.status === 'cancelled') return t('book.cancelled');
  if (listing.event && listing.event.status !== 'upcoming') return t('book.over');
  return seatsLeft === 0 ? t('act.full') : null;
};

const fieldsOf = async ({ kind }: ListingDetail, { timeZone, seatsLeft }: Availability): Promise<Field[]> => {
  const t = await getTranslations();
  const note: Field = {
    type: 'textarea',
    name: 'note',
    label: t('forms.optional', { label: t('book.note') }),
    hint: t('book.noteHint'),
    rows: 4,
    maxLength: 2_000,
    isOptional: true,
  };
  if (kind === 'events') {
    const seats: Field = {
      type: 'number',
      name: 'seats',
      label: t('book.seats'),
      autoComplete: 'off',
      min: 1,
      max: Math.min(seatsLeft ?? 1_000, 1_000),
      value: '1',
      ...(seatsLeft === null ? {} : { hint: t('act.seatsLeft', { count: seatsLeft }) }),
    };
    return [seats, note];
  }
  return [...(await timeFields(timeZone)), note];
};

export default BookPage;
