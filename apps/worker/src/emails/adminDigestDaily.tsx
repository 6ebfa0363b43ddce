import type { NotificationPayload } from '@convene/common';
import { utcDayOf } from '@convene/common';
import { staff } from './audiences';
import { Subtitle, Title } from './components/Layout';
import { Action, type Fact, Facts, Paragraph } from './components/Message';
import { defineMail } from './defineMail';
import { formatUtcDay } from './format/dates';
import { formatDuration } from './format/numbers';
import { safeTitle } from './safeText';
import { sampleListing, sampleService } from './samples';
import type { MailTexts } from './texts/index';
import type { MailProps } from './types';

type Digest = NotificationPayload<'admin.digest.daily'>;

const pendingFacts = ({ pending }: Digest, { adminDigest, count }: MailTexts): Fact[] => [
  { name: adminDigest.pending.listings, value: count(pending.listings) },
  { name: adminDigest.pending.reviews, value: count(pending.reviews) },
  { name: adminDigest.pending.claims, value: count(pending.claims) },
  { name: adminDigest.pending.reports, value: count(pending.reports) },
  { name: adminDigest.pending.verifications, value: count(pending.verifications) },
];

const oldestFacts = ({ oldestPending }: Digest, { adminDigest, calendar }: MailTexts): Fact[] =>
  oldestPending.map(({ subject, title, waitingSince }) => ({
    name: adminDigest.waitsFor(adminDigest.oldest[subject], title === null ? null : safeTitle(title)),
    value: adminDigest.since(formatUtcDay(utcDayOf(new Date(waitingSince)), calendar)),
  }));

const happenedFacts = ({ happened }: Digest, { adminDigest, count }: MailTexts): Fact[] => [
  { name: adminDigest.happened.accounts, value: count(happened.accounts) },
  { name: adminDigest.happened.listings, value: count(happened.listings) },
  { name: adminDigest.happened.bookings, value: count(happened.bookings) },
  { name: adminDigest.happened.reviews, value: count(happened.reviews) },
  { name: adminDigest.happened.messages, value: count(happened.messages) },
];

const mailFacts = ({ queue }: Digest, { adminDigest, count }: MailTexts): Fact[] => [
  { name: adminDigest.sent, value: count(queue.sent) },
  { name: adminDigest.suppressed, value: count(queue.suppressed) },
  { name: adminDigest.dead, value: count(queue.dead) },
  { name: adminDigest.uncertain, value: count(queue.uncertain) },
  { name: adminDigest.failedJobs, value: count(queue.failedJobs) },
  {
    name: adminDigest.waiting,
    value: adminDigest.waitingSince(queue.waiting, formatDuration(queue.oldestWaitingSeconds)),
  },
];

const redisFacts = ({ redis: { commands, limit } }: Digest, { adminDigest }: MailTexts): Fact[] => [
  {
    name: adminDigest.commands,
    value: adminDigest.budget(commands, limit, limit === 0 ? 0 : Math.round((commands / limit) * 100)),
  },
];

const pendingCount = ({ pending }: Digest): number => Object.values(pending).reduce((total, value) => total + value, 0);

const AdminDigestDaily = ({ payload, texts, links }: MailProps<'admin.digest.daily'>) => {
  const { adminDigest } = texts;
  return (
    <>
      <Title>{adminDigest.heading}</Title>
      <Paragraph>{adminDigest.intro(formatUtcDay(payload.day, texts.calendar))}</Paragraph>
      {payload.queue.dead === 0 ? null : <Paragraph>{adminDigest.needsYou(payload.queue.dead)}</Paragraph>}
      <Subtitle>{adminDigest.pendingTitle}</Subtitle>
      <Facts facts={pendingFacts(payload, texts)} dense />
      {payload.oldestPending.length === 0 ? null : (
        <>
          <Subtitle>{adminDigest.oldestTitle}</Subtitle>
          <Facts facts={oldestFacts(payload, texts)} dense />
        </>
      )}
      <Subtitle>{adminDigest.happenedTitle}</Subtitle>
      <Facts facts={happenedFacts(payload, texts)} dense />
      <Subtitle>{adminDigest.mailTitle}</Subtitle>
      <Facts facts={mailFacts(payload, texts)} dense />
      <Subtitle>{adminDigest.redisTitle}</Subtitle>
      <Facts facts={redisFacts(payload, texts)} dense />
      <Action href={links.admin()} label={adminDigest.button} fallback={texts.linkFallback} />
    </>
  );
};

export const adminDigestDaily = defineMail('admin.digest.daily', {
  recipients: staff,
  subject: ({ texts, payload }) =>
    texts.adminDigest.subject(formatUtcDay(payload.day, texts.calendar), pendingCount(payload)),
  preheader: ({ texts, payload: { happened } }) => texts.adminDigest.preheader(happened.accounts, happened.bookings),
  template: AdminDigestDaily,
  why: 'staff',
  sample: {
    day: utcDayOf(new Date('2026-03-07')),
    pending: { listings: 4, reviews: 2, claims: 1, reports: 0, verifications: 1 },
    oldestPending: [
      { subject: 'review', title: sampleListing.title, waitingSince: '2026-03-04T09:12:00.000Z' },
      { subject: 'listing', title: sampleService.title, waitingSince: '2026-03-06T15:40:00.000Z' },
      { subject: 'verification', title: null, waitingSince: '2026-03-07T08:05:00.000Z' },
    ],
    happened: { accounts: 23, listings: 6, bookings: 11, reviews: 5, messages: 48 },
    queue: {
      sent: 312,
      suppressed: 9,
      dead: 1,
      uncertain: 0,
      failedJobs: 0,
      waiting: 3,
      oldestWaitingSeconds: 41,
    },
    redis: { commands: 3_412, limit: 10_000 },
  },
});
