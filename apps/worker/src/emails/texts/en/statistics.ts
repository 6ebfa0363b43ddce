import { strong } from '../../emphasis';
import { count, plural } from './words';

/** Numbers for owners. */
export const statistics = {
  searchStats: {
    subject: (impressions: number) => `Your listings were shown ${plural(impressions, 'time', 'times')} last week`,
    preheader: (days: string) => `${days}, in lists and searches.`,
    heading: 'Your week in lists and searches',
    intro: (days: string) =>
      `How often people saw your listings in lists and searches, ${strong(days)}, compared with the week before:`,
    shown: 'Times shown',
    line: (impressions: number, change: string) => `Shown ${plural(impressions, 'time', 'times')} (${change})`,
    note: 'A listing counts as shown when at least half of its card was visible for a second. Days are counted in UTC.',
    button: 'Go to my listings',
  },
  viewStats: {
    subject: (views: number) => `Your listings had ${plural(views, 'view', 'views')} last week`,
    preheader: (favorites: number, bookings: number) =>
      `${plural(favorites, 'favourite', 'favourites')} and ${plural(bookings, 'booking', 'bookings')} besides.`,
    heading: 'Your week on Convene',
    intro: (days: string) => `What people did with your listings, ${strong(days)}, compared with the week before:`,
    views: 'Views',
    favorites: 'Favourites',
    bookings: 'Bookings',
    line: (views: number, change: string, favorites: number, bookings: number) =>
      `${plural(views, 'view', 'views')} (${change}) · ${plural(favorites, 'favourite', 'favourites')} · ${plural(bookings, 'booking', 'bookings')}`,
    note: 'Your own visits are not counted. Days are counted in UTC.',
    button: 'Go to my listings',
  },
  favorited: {
    subject: (title: string, people: number) =>
      people === 1 ? `Somebody saved “${title}”` : `${count(people)} people saved “${title}”`,
    preheader: (total: number) => `It is among the favourites of ${plural(total, 'person', 'people')} now.`,
    heading: 'People like it',
    intro: (title: string, people: number) =>
      people === 1
        ? `Somebody added ${strong(title)} to their favourites.`
        : `${count(people)} people added ${strong(title)} to their favourites.`,
    total: (total: number) =>
      `It is among the favourites of ${plural(total, 'person', 'people')} now. Good photos and current prices help them decide.`,
    button: 'See the listing',
  },
};
