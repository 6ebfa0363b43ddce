import { strong } from '../../emphasis';
import type { statistics as english } from '../en/statistics';
import { plural } from './words';

const times = (value: number): string => (value === 1 ? 'o dată' : `de ${plural(value, '', 'ori')}`);
/** `unei persoane`, `a 20 de persoane`. */
const ofPeople = (value: number): string => (value === 1 ? 'unei persoane' : `a ${plural(value, '', 'persoane')}`);

export const statistics: typeof english = {
  searchStats: {
    subject: (impressions) => `Anunțurile tale au fost afișate ${times(impressions)} săptămâna trecută`,
    preheader: (days) => `${days}, în liste și căutări.`,
    heading: 'Săptămâna ta în liste și căutări',
    intro: (days) =>
      `De câte ori ți-au văzut oamenii anunțurile în liste și căutări, ${strong(days)}, față de săptămâna anterioară:`,
    shown: 'Afișări',
    line: (impressions, change) => `${plural(impressions, 'o afișare', 'afișări')} (${change})`,
    note: 'O afișare se numără când cel puțin jumătate din anunț a fost vizibilă timp de o secundă. Zilele sunt numărate în UTC.',
    button: 'Mergi la anunțurile mele',
  },
  viewStats: {
    subject: (views) => `Anunțurile tale au avut ${plural(views, 'o vizualizare', 'vizualizări')} săptămâna trecută`,
    preheader: (favorites, bookings) =>
      `Și, pe lângă ele, ${plural(favorites, 'o salvare la favorite', 'salvări la favorite')} și ${plural(bookings, 'o rezervare', 'rezervări')}.`,
    heading: 'Săptămâna ta pe Convene',
    intro: (days) => `Ce au făcut oamenii cu anunțurile tale, ${strong(days)}, față de săptămâna anterioară:`,
    views: 'Vizualizări',
    favorites: 'Favorite',
    bookings: 'Rezervări',
    line: (views, change, favorites, bookings) =>
      `${plural(views, 'o vizualizare', 'vizualizări')} (${change}) · ${plural(favorites, 'o salvare', 'salvări')} · ${plural(bookings, 'o rezervare', 'rezervări')}`,
    note: 'Vizitele tale nu se numără. Zilele sunt numărate în UTC.',
    button: 'Mergi la anunțurile mele',
  },
  favorited: {
    subject: (title, people) =>
      people === 1 ? `Cineva a salvat „${title}”` : `${plural(people, 'o persoană', 'persoane')} au salvat „${title}”`,
    preheader: (total) => `Acum este printre favoritele ${ofPeople(total)}.`,
    heading: 'Oamenilor le place',
    intro: (title, people) =>
      people === 1
        ? `Cineva a adăugat ${strong(title)} la favorite.`
        : `${plural(people, 'o persoană', 'persoane')} au adăugat ${strong(title)} la favorite.`,
    total: (total) =>
      `Acum este printre favoritele ${ofPeople(total)}. Fotografiile bune și prețurile actuale îi ajută să se hotărască.`,
    button: 'Vezi anunțul',
  },
};
