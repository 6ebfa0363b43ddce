import type { OwnBookings } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { cancelBookingAction, decideBookingAction } from '@/app/actions/account';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { DoneNotice } from '@/components/DoneNotice';
import { EmptyState } from '@/components/EmptyState';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { getBookings } from '@/lib/backend/market';
import { formatEventTimes } from '@/lib/format/eventDates';
import { formatMoney } from '@/lib/format/price';
import { currentLocale } from '@/lib/i18n/currentLocale';
import type { SearchParams } from '@/lib/request/searchParam';
import { readAs } from '@/lib/session/requireSession';
import account from '../account.module.css';
import styles from './bookings.module.css';

const PATH = '/account/bookings';

type Booking = OwnBookings['items'][number];

/** What has just been done to which booking. */
const doneSchema = z.object({
  done: z.enum(['requested', 'taking', 'blocked', 'confirmed', 'declined', 'cancelled']),
  booking: z.coerce.number().int().positive(),
});
type Done = z.infer<typeof doneSchema>;

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('bookings'))('title'),
  robots: { index: false },
});

/** One's own bookings, and those of one's listings: what waits for an answer first. */
const BookingsPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const bookings = await readAs(PATH, getBookings);
  if (!bookings.isAvailable) return <Unavailable retryHref={PATH} />;
  const t = await getTranslations('bookings');
  const done = doneSchema.safeParse(await searchParams).data;
  const { items } = bookings.value;
  const now = new Date();
  const ofSide = (side: Booking['as']) =>
    inOrder(
      items.filter((booking) => booking.as === side),
      now,
    );
  const [mine, others] = [ofSide('client'), ofSide('owner')];
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      {items.length === 0 ? (
        <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={{ href: '/', label: t('emptyAction') }} />
      ) : (
        <div className={styles.groups}>
          {others.length > 0 ? (
            <Group id="of-listings" title={t('ofMyListings')} bookings={others} done={done} />
          ) : null}
          {mine.length > 0 ? <Group id="mine" title={t('mine')} bookings={mine} done={done} /> : null}
        </div>
      )}
    </AccountFrame>
  );
};

/** What waits for an answer, then what is to come, each the soonest first; then what is over, the latest first. */
const inOrder = (bookings: Booking[], now: Date): Booking[] => {
  const byStart = bookings.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const isOpen = ({ status, endsAt }: Booking) =>
    (status === 'requested' || status === 'confirmed') && new Date(endsAt) > now;
  const open = byStart.filter(isOpen);
  return [
    ...open.filter(({ status }) => status === 'requested'),
    ...open.filter(({ status }) => status === 'confirmed'),
    ...byStart.filter((booking) => !isOpen(booking)).toReversed(),
  ];
};

const Group = ({
  id,
  title,
  bookings,
  done,
}: {
  id: string;
  title: string;
  bookings: Booking[];
  done: Done | undefined;
}) => (
  <section className={styles.group} aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <ul className={account.listings}>
      {bookings.map((booking) => (
        <BookingItem key={booking.id} booking={booking} done={done?.booking === booking.id ? done : undefined} />
      ))}
    </ul>
  </section>
);

const BookingItem = async ({ booking, done }: { booking: Booking; done: Done | undefined }) => {
  const t = await getTranslations('bookings');
  const kinds = await getTranslations('kinds');
  const { id, kind, type, status, as, otherName, listing, note, reason } = booking;
  const { date, time, zone } = formatEventTimes(booking, await currentLocale());
  return (
    <li
      id={`booking-${id}`}
      className={styles.booking}
      data-kind={kind}
      data-done={Boolean(done)}
      aria-labelledby={`booking-${id}-title`}
    >
      {done ? (
        <DoneNotice>{t(`done.${type === 'block' && done.done === 'cancelled' ? 'freed' : done.done}`)}</DoneNotice>
      ) : null}
      <div className={styles.head}>
        <p className={account.states}>
          <span className="tag">{kinds(`${kind}.singular`)}</span>
          <span className={account.status} data-status={status}>
            {type === 'block' && status === 'confirmed' ? t('blocked') : t(`status.${status}`)}
          </span>
        </p>
        <h3 id={`booking-${id}-title`} className={account.listingTitle}>
          <SiteLink href={`/${kind}/${listing.slug}`}>{listing.title}</SiteLink>
        </h3>
      </div>
      <dl className={styles.facts}>
        <Fact label={t('when')}>
          <time dateTime={booking.startsAt}>{date}</time>, {time} {zone}
        </Fact>
        {otherName ? <Fact label={t(as === 'owner' ? 'client' : 'owner')}>{otherName}</Fact> : null}
        {type === 'participation' ? <Fact label={t('seats')}>{booking.seats}</Fact> : null}
        {type === 'block' ? null : (
          <Fact label={t('price')}>
            <Total booking={booking} />
          </Fact>
        )}
        {note ? <Fact label={t('note')}>{note}</Fact> : null}
        {reason ? <Fact label={t('reason')}>{reason}</Fact> : null}
      </dl>
      <Steps booking={booking} label={(action) => t('of', { action, title: listing.title, when: date })} />
    </li>
  );
};

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

const Total = async ({ booking: { price } }: { booking: Booking }) => {
  const t = await getTranslations();
  if (price.totalMinor === null || price.currency === null) return t('bookings.onRequest');
  if (price.totalMinor === 0) return t('price.free');
  const amount = formatMoney(price.totalMinor, price.currency, await currentLocale());
  return t('bookings.total', { amount });
};

/** What this side can do with it now; the backend has the last word. */
const Steps = async ({ booking, label }: { booking: Booking; label: (action: string) => string }) => {
  const t = await getTranslations('bookings');
  const { id, kind, type, status, as, listing } = booking;
  const isOver = new Date(booking.endsAt) <= new Date();
  const decides = as === 'owner' && status === 'requested';
  const cancels = (status === 'requested' && as === 'client') || (status === 'confirmed' && !isOver);
  const hasCalendar = (status === 'requested' || status === 'confirmed') && !isOver && type !== 'block';
  if (!decides && !cancels && !hasCalendar) return null;
  return (
    <div className={styles.steps}>
      {decides && !isOver ? (
        <ActionForm
          id={`confirm-${id}-`}
          look="small"
          action={decideBookingAction}
          hidden={{ booking: String(id), decision: 'confirmed' }}
          fields={[]}
          submit={t('confirm')}
        />
      ) : null}
      {decides ? (
        <WithReason
          id={`decline-${id}-`}
          action={decideBookingAction}
          hidden={{ booking: String(id), decision: 'declined' }}
          open={t('decline')}
          label={label(t('decline'))}
          question={t('declineReason')}
        />
      ) : null}
      {hasCalendar ? (
        <a
          className="button buttonQuiet buttonSmall"
          href={`${PATH}/${id}/calendar`}
          aria-label={label(t('calendar'))}
          download
        >
          {t('calendar')}
        </a>
      ) : null}
      {as === 'client' ? (
        <SiteLink
          className="button buttonQuiet buttonSmall"
          href={`/${kind}/${listing.slug}/message`}
          aria-label={label(t('write'))}
        >
          {t('write')}
        </SiteLink>
      ) : null}
      {cancels && type === 'block' ? (
        <ActionForm
          id={`free-${id}-`}
          look="small"
          action={cancelBookingAction}
          hidden={{ booking: String(id) }}
          fields={[]}
          submit={t('unblock')}
        />
      ) : null}
      {cancels && type !== 'block' ? (
        <WithReason
          id={`cancel-${id}-`}
          action={cancelBookingAction}
          hidden={{ booking: String(id) }}
          open={t('cancel')}
          label={label(t('cancel'))}
          question={t('cancelReason')}
        />
      ) : null}
    </div>
  );
};

/** Opens without script; asks why before it is sent. */
const WithReason = async ({
  id,
  action,
  hidden,
  open,
  label,
  question,
}: {
  id: string;
  action: typeof cancelBookingAction;
  hidden: Record<string, string>;
  open: string;
  label: string;
  question: string;
}) => {
  const t = await getTranslations('forms');
  return (
    <details className={styles.more}>
      <summary className="button buttonQuiet buttonSmall" aria-label={label}>
        {open} …
      </summary>
      <ActionForm
        id={id}
        look="danger"
        action={action}
        hidden={hidden}
        fields={[
          {
            type: 'textarea',
            name: 'reason',
            label: t('optional', { label: question }),
            rows: 3,
            maxLength: 2_000,
            isOptional: true,
          },
        ]}
        submit={open}
      />
    </details>
  );
};

export default BookingsPage;
