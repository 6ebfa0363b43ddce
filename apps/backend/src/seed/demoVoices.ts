import type { ListingKind } from '@convene/common/listings';

/* What the people of the demo say. */

export const praise: Record<ListingKind, string[]> = {
  locations: [
    'Everything was as in the pictures, and the heating worked. We stayed until the lamps went out.',
    'Easy to reach, easy to set up, and the hosts left us alone exactly as much as we had hoped.',
    'The light in the afternoon is worth the rent by itself. We will be back in spring.',
    'Forty of us, two days, not one complaint. The kitchen is small but has all that one needs.',
    'Am fost foarte mulțumiți: curat, luminos și cu parcare chiar în fața ușii.',
    'The neighbours came by with cake. I have never had a better workshop.',
  ],
  events: [
    'I came alone and left with four phone numbers and a loaf of bread.',
    'Well prepared, begun on time, and short enough to leave one wanting more.',
    'The best evening of the month. Come early: the good seats go first.',
    'O seară minunată, cu oameni calzi și muzică bună. Mai vreau!',
    'Everything explained twice for those who came late, without a sigh.',
  ],
  services: [
    'They wrote down what we wanted and then did just that, which is rarer than it sounds.',
    'Came early, worked quietly, left the place cleaner than they had found it.',
    'Our guests still ask who it was. Booked again for the next one.',
    'Foarte profesioniști și cu mult bun-simț. Recomand cu toată inima.',
    'Flexible when half our plans fell through an hour before. Thank you.',
  ],
};

export const doubts: Record<ListingKind, string[]> = {
  locations: [
    'Lovely room, but the street is loud until ten. Ask for the side with the courtyard.',
    'Nice enough; the projector needs a cable that nobody had.',
    'Smaller than the pictures make it look. For twelve it is fine, for twenty it is not.',
  ],
  events: [
    'Good speakers, too few chairs. I stood for two hours.',
    'It began forty minutes late and nobody said why. What came then was good.',
    'Interesting, though I had thought it would be more for beginners.',
  ],
  services: [
    'The result is fine, but it took three mails to get an answer.',
    'Good work for that price; do not expect them to stay a minute longer.',
    'Dinner was cold by the time the last table had it. They did apologise.',
  ],
};

export const questions: Record<ListingKind, string[]> = {
  locations: [
    'Hello! Is the hall free on the second weekend of next month? We would be about thirty.',
    'May we bring our own caterer, and from when could they get in?',
    'Bună ziua! Se poate ajunge cu scaunul rulant până în sală?',
  ],
  events: [
    'Is there anything vegetarian, and may my daughter (11) come along?',
    'I can only come an hour late. Does that still make sense?',
  ],
  services: [
    'We are a party of sixty in a garden without electricity. Is that possible for you?',
    'Could you send me two or three examples of last year?',
    'Lucrați și în afara orașului? Nunta este la 40 de kilometri.',
  ],
};

export const answers: string[] = [
  'Hello, and thank you for asking! Yes, that works. Shall I keep it for you until Friday?',
  'Of course. Tell me a little more about what you have in mind and I will write back tonight.',
  'That is not ideal, but we have done it before and found a way. May I call you?',
  'Bună ziua! Da, cu drag. Vă scriu deseară toate detaliile.',
];

export const replies: string[] = [
  'Wonderful, until Friday is perfect. I will ask the others.',
  'Great, thank you for the quick answer!',
  'Yes please, any time after five.',
  'Mulțumesc frumos, aștept!',
];

export const notes: string[] = [
  '',
  '',
  'We are a book club and will bring our own cake.',
  'It is a surprise party, so please do not call before noon.',
  'Would need a ramp for one wheelchair.',
  'Ne-ar ajuta un videoproiector, dacă se poate.',
];

export const contactMails = [
  {
    name: 'Teresa Vogel',
    email: 'teresa@visitor.example',
    subject: 'An invoice for our club',
    text: 'Hello, our club needs an invoice for the hall that we had in April. Who writes it, you or the host?',
  },
  {
    name: 'Mihai Dobre',
    email: 'mihai@visitor.example',
    subject: 'Propunere de colaborare',
    text: 'Bună ziua, organizăm anual un festival de teatru și am vrea să listăm toate spectacolele deodată. Se poate?',
  },
  {
    name: 'Sam Okafor',
    email: 'sam@visitor.example',
    subject: 'The map is off by one street',
    text: 'The pin of the tram depot stands in the river. I was there, it is dry.',
  },
];

/** Clients: those of the demo who book and review most. */
export const demoClients: string[] = [
  'Bianca Stan',
  'Jonas Weber',
  'Amélie Roux',
  'Tudor Ilie',
  'Freya Lindqvist',
  'Kwame Mensah',
  'Ilinca Moraru',
  'Pavel Novák',
  'Sofia Almeida',
  'Andrei Luca',
  'Maeve Byrne',
  'Yuki Tanaka',
];
