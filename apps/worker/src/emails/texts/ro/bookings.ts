import type { ListingKind } from '@convene/common';
import { strong } from '../../emphasis';
import type { bookings as english } from '../en/bookings';
import { plural } from './words';

/** Another one of the kind. */
const other = { locations: 'o altă locație', events: 'un alt eveniment', services: 'un alt serviciu' } satisfies Record<
  ListingKind,
  string
>;

const cannotCome = 'Nu mai poți veni? Te rugăm să anulezi din contul tău, ca să poată veni altcineva.';

export const bookings: typeof english = {
  bookingRequested: {
    subject: (client, title) => `${client} vrea să rezerve „${title}”`,
    preheader: (start) => `Ar începe ${start}. Se așteaptă răspunsul tău.`,
    heading: 'O cerere de rezervare',
    intro: (client) => `${strong(client)} ar vrea să rezerve:`,
    note: 'Mesajul primit:',
    next: 'Te rugăm să răspunzi curând. Intervalul nu este ocupat până nu confirmi.',
    button: 'Răspunde la cerere',
  },
  bookingConfirmed: {
    subject: (title) => `Confirmat: „${title}”`,
    preheader: (start) => `Începe ${start}.`,
    heading: 'Rezervarea ta este confirmată',
    intro: 'Vești bune: cererea ta a fost confirmată.',
    button: 'Vezi rezervarea',
  },
  bookingDeclined: {
    subject: (title) => `Refuzat: „${title}”`,
    preheader: 'De data aceasta nu s-a putut.',
    heading: 'De data aceasta nu s-a putut',
    intro: 'Cererea ta a fost refuzată:',
    reason: 'Motivul dat:',
    next: (of) => `Poate se potrivește altă dată sau ${other[of]}.`,
    button: 'Vezi ce altceva mai este',
  },
  bookingCancelled: {
    subject: (title) => `Anulat: rezervarea ta pentru „${title}”`,
    subjectToOwner: (title) => `Anulat: o rezervare pentru „${title}”`,
    preheader: (start) => `Ar fi început ${start}.`,
    heading: 'O rezervare a fost anulată',
    intro: (name) => `${strong(name)} a anulat această rezervare:`,
    reason: 'Motivul dat:',
    button: 'Vezi rezervarea',
  },
  eventCancelled: {
    subject: (title) => `Anulat: „${title}”`,
    preheader: (start) => `Nu va mai avea loc ${start}.`,
    heading: 'Evenimentul este anulat',
    intro: (title) => `${strong(title)} nu va mai avea loc.`,
    reason: 'Organizatorul scrie:',
    next: 'Dacă aveai un loc, este anulat și el; nu trebuie să faci nimic.',
    button: 'Vezi alte evenimente',
  },
  eventMoved: {
    subject: {
      time: (title) => `Altă dată sau oră: „${title}”`,
      place: (title) => `Alt loc: „${title}”`,
      both: (title) => `Altă dată și alt loc: „${title}”`,
    },
    preheader: (start) => `Acum ${start}.`,
    heading: { time: 'Altă dată sau oră', place: 'Alt loc', both: 'Altă dată și alt loc' },
    intro: (title) => `${strong(title)} s-a schimbat. De acum:`,
    before: 'Înainte era:',
    next: 'Dacă ai un loc, rămâne al tău. Nu mai poți veni? Atunci te rugăm să renunți la el din contul tău, ca să poată veni altcineva.',
    button: 'Vezi evenimentul',
  },
  eventReminder: {
    subject: (title, start) => `Urmează: „${title}”, ${start}`,
    preheader: 'Ai salvat acest eveniment.',
    heading: 'Urmează',
    intro: (title) => `Ai salvat ${strong(title)}. Începe curând:`,
    button: 'Vezi evenimentul',
  },
  participationConfirmed: {
    subject: (title) => `Participi: „${title}”`,
    preheader: (start) => `Ne vedem ${start}.`,
    heading: 'Ești pe listă',
    intro: (title, seats) =>
      seats === 1
        ? `Locul tău la ${strong(title)} este confirmat.`
        : `Cele ${plural(seats, 'un loc', 'locuri')} ale tale la ${strong(title)} sunt confirmate.`,
    cannot: cannotCome,
    button: 'Vezi rezervarea',
  },
  participationReminder: {
    subject: (title, start) => `Ne vedem curând: „${title}”, ${start}`,
    preheader: 'Când și unde începe.',
    heading: 'Ne vedem curând',
    intro: (title) => `${strong(title)} începe curând, iar tu participi:`,
    cannot: cannotCome,
    button: 'Vezi evenimentul',
  },
};
