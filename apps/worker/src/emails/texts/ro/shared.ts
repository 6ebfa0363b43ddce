import type { ListingKind, ReportReason, ReportSubject, Role } from '@convene/common';
import type { Calendar } from '../../format/dates';
import { formatChange } from '../../format/numbers';
import type { shared as english } from '../en/shared';
import { count, kind, plural } from './words';

const calendar: Calendar = {
  weekdays: ['duminică', 'luni', 'marți', 'miercuri', 'joi', 'vineri', 'sâmbătă'],
  months: [
    'ianuarie',
    'februarie',
    'martie',
    'aprilie',
    'mai',
    'iunie',
    'iulie',
    'august',
    'septembrie',
    'octombrie',
    'noiembrie',
    'decembrie',
  ],
};

const factOfKind: Record<ListingKind, string> = { locations: 'Locație', events: 'Eveniment', services: 'Serviciu' };

const role: Record<Role, string> = {
  client: 'client',
  host: 'gazdă',
  organizer: 'organizator',
  provider: 'furnizor',
  moderator: 'moderator',
  admin: 'administrator',
};

const reportReason: Record<ReportReason, string> = {
  spam: 'Spam',
  misleading: 'Informații înșelătoare',
  offensive: 'Conținut jignitor',
  fraud: 'Fraudă',
  illegal: 'Conținut ilegal',
  other: 'Altceva',
};

const reportSubject: Record<ReportSubject, string> = {
  listing: 'un anunț',
  profile: 'un profil',
  review: 'o recenzie',
  message: 'un mesaj',
  other: 'altceva',
};

export const shared: typeof english = {
  greeting: (name) => (name ? `Bună, ${name},` : 'Bună,'),
  linkFallback: 'Dacă butonul nu funcționează, copiază această adresă în browser:',
  tagline: 'Convene: locuri de întâlnire, evenimente la care să mergi, oameni pe care să te bazezi.',
  footer: { preferences: 'Alege ce mesaje primești', unsubscribe: 'Nu mai vreau astfel de mesaje' },
  calendar,
  kind,
  role,
  reportReason,
  reportSubject,
  count,
  facts: {
    when: 'Când',
    where: 'Unde',
    seats: 'Locuri',
    before: 'Înainte',
    listing: factOfKind,
    title: 'Titlu',
    kind: 'Categorie',
    owner: 'Proprietar',
    name: 'Nume',
    author: 'Autor',
    rating: 'Notă',
    reason: 'Motiv',
    reporter: 'Raportat de',
    email: 'E-mail',
    subject: 'Subiect',
  },
  noAccount: 'cineva fără cont',
  outOfFive: (rating) => `${'★'.repeat(rating)}${'☆'.repeat(5 - rating)} ${rating} din 5`,
  openAdmin: 'Deschide în admin',
  noPayments: 'Convene nu încasează plăți: plătești acolo unde v-ați înțeles.',
  change: (change) => formatChange(change, '.'),
  otherListings: (value) => `Și încă ${plural(value, 'un anunț', 'anunțuri')}.`,
  why: {
    account: 'Primești acest mesaj pentru că privește contul tău de pe Convene.',
    address: 'Primești acest mesaj pentru că cineva a introdus această adresă pe Convene.',
    listing: 'Primești acest mesaj pentru că ai un anunț pe Convene.',
    invitation: 'Primești acest mesaj pentru că această adresă apare într-un anunț de pe Convene.',
    message: 'Primești acest mesaj pentru că cineva ți-a scris pe Convene.',
    review: 'Primești acest mesaj pentru că ai scris o recenzie pe Convene.',
    claim: 'Primești acest mesaj pentru că ai cerut să preiei un anunț de pe Convene.',
    booking: 'Primești acest mesaj pentru că ai făcut o rezervare pe Convene.',
    bookingParty: 'Primești acest mesaj pentru că ești parte într-o rezervare de pe Convene.',
    event: 'Primești acest mesaj pentru că ai salvat acest eveniment pe Convene sau participi la el.',
    saved: 'Primești acest mesaj pentru că ai salvat acest eveniment pe Convene.',
    staff: 'Primești acest mesaj pentru că faci parte din echipa Convene.',
  },
};
