import type { EventSchedule } from '@convene/common';
import { theUsers } from './audiences';
import { Greeting } from './components/Greeting';
import { Title } from './components/Layout';
import { Action, type Fact, Facts, Paragraph } from './components/Message';
import { EventFacts, whenFact, whereFacts } from './components/Schedule';
import { defineMail } from './defineMail';
import { formatStart } from './format/dates';
import { safeTitle, shortTitle } from './safeText';
import { sampleEvent } from './samples';
import type { MailTexts } from './texts/index';
import type { MailProps } from './types';

/** What is another one than before. */
const changed = (before: EventSchedule, now: EventSchedule): 'time' | 'place' | 'both' => {
  if (before.place === now.place) return 'time';
  const isSameTime = [
    Date.parse(before.startsAt) === Date.parse(now.startsAt),
    Date.parse(before.endsAt) === Date.parse(now.endsAt),
    before.timeZone === now.timeZone,
  ].every(Boolean);
  return isSameTime ? 'place' : 'both';
};

/** As it was, where that is another than now: nobody has to compare two addresses letter by letter. */
const factsBefore = ({ event, before }: { event: EventSchedule; before: EventSchedule }, texts: MailTexts): Fact[] => {
  const what = changed(before, event);
  return [
    ...(what === 'place' ? [] : [whenFact(before, texts)]),
    ...(what === 'time' ? [] : whereFacts(before, texts)),
  ];
};

/** An event that had no place before has nothing to say of it. */
const Before = ({ facts, texts }: { facts: Fact[]; texts: MailTexts }) =>
  facts.length === 0 ? null : (
    <>
      <Paragraph>{texts.eventMoved.before}</Paragraph>
      <Facts facts={facts} />
    </>
  );

const EventMoved = ({ payload: { event, before }, reader, texts, links }: MailProps<'event.moved'>) => (
  <>
    <Title>{texts.eventMoved.heading[changed(before, event)]}</Title>
    <Greeting reader={reader} texts={texts} />
    <Paragraph>{texts.eventMoved.intro(safeTitle(event.title))}</Paragraph>
    <EventFacts event={event} texts={texts} />
    <Before facts={factsBefore({ event, before }, texts)} texts={texts} />
    <Paragraph>{texts.eventMoved.next}</Paragraph>
    <Action href={links.listing(event)} label={texts.eventMoved.button} fallback={texts.linkFallback} />
  </>
);

export const eventMoved = defineMail('event.moved', {
  recipients: theUsers,
  subject: ({ texts, payload: { event, before } }) =>
    texts.eventMoved.subject[changed(before, event)](shortTitle(event.title)),
  preheader: ({ texts, payload }) => texts.eventMoved.preheader(formatStart(payload.event, texts.calendar)),
  template: EventMoved,
  why: 'event',
  sample: {
    userIds: [1, 2],
    event: sampleEvent,
    before: {
      startsAt: '2026-02-28T17:00:00.000Z',
      endsAt: '2026-02-28T20:30:00.000Z',
      timeZone: 'Europe/Bucharest',
      place: sampleEvent.place,
    },
  },
});
