import type { ListingKind, PriceUnit } from '@convene/common/listings';

type DemoCity = { name: string; country: string; timeZone: string; latitude: number; longitude: number };

export const demoCities: DemoCity[] = [
  { name: 'București', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 44.4268, longitude: 26.1025 },
  { name: 'Cluj-Napoca', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 46.7712, longitude: 23.6236 },
  { name: 'Timișoara', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 45.7489, longitude: 21.2087 },
  { name: 'Iași', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 47.1585, longitude: 27.6014 },
  { name: 'Brașov', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 45.6579, longitude: 25.6012 },
  { name: 'Sibiu', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 45.7983, longitude: 24.1256 },
  { name: 'Constanța', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 44.1598, longitude: 28.6348 },
  { name: 'Oradea', country: 'Romania', timeZone: 'Europe/Bucharest', latitude: 47.0465, longitude: 21.9189 },
  { name: 'Vienna', country: 'Austria', timeZone: 'Europe/Vienna', latitude: 48.2082, longitude: 16.3738 },
  { name: 'Lisbon', country: 'Portugal', timeZone: 'Europe/Lisbon', latitude: 38.7223, longitude: -9.1393 },
  { name: 'Berlin', country: 'Germany', timeZone: 'Europe/Berlin', latitude: 52.52, longitude: 13.405 },
  { name: 'Kraków', country: 'Poland', timeZone: 'Europe/Warsaw', latitude: 50.0647, longitude: 19.945 },
  { name: 'Edinburgh', country: 'United Kingdom', timeZone: 'Europe/London', latitude: 55.9533, longitude: -3.1883 },
];

export const demoFacilities = [
  'Step-free access',
  'Projector',
  'Sound system',
  'Kitchen',
  'Parking',
  'Garden',
  'Air conditioning',
  'Fast Wi-Fi',
  'Stage',
  'Cloakroom',
];

/** A type with what its listings are called, what they say of themselves, and what they cost in minor units. */
export type DemoType = {
  kind: ListingKind;
  name: string;
  titles: string[];
  summaries: string[];
  paragraphs: string[];
  unit: PriceUnit;
  price: [number, number];
  /** How many people fit into one of this type, at least and at most; where it matters. */
  capacity?: [number, number];
};

export const demoTypes: DemoType[] = [
  {
    kind: 'locations',
    name: 'Loft',
    titles: ['The Print Works Loft', 'Atelier Nord', 'Brick & Beam', 'Loft Lumina'],
    summaries: [
      'A former workshop with tall windows, long tables and light until evening.',
      'Open floor, raw brick and a kitchen that wants to be used.',
    ],
    paragraphs: [
      'The room is one long open floor with windows on both sides. Tables, chairs and a bar are on castors, so a workshop becomes a dinner in half an hour.',
      'We open the doors two hours before you start and leave you alone until you call.',
    ],
    unit: 'day',
    price: [35_000, 140_000],
    capacity: [40, 160],
  },
  {
    kind: 'locations',
    name: 'Garden',
    titles: ['The Walled Garden', 'Grădina cu Nuci', 'Orchard House', 'Terasa de Sub Tei'],
    summaries: [
      'Old trees, gravel paths and a glasshouse for when it rains.',
      'An orchard behind a quiet street, lit by lanterns after dark.',
    ],
    paragraphs: [
      'The garden seats its guests under the trees; the glasshouse takes everybody in when the weather turns.',
      'Music outside until ten, inside for as long as you like.',
    ],
    unit: 'day',
    price: [60_000, 220_000],
    capacity: [60, 250],
  },
  {
    kind: 'locations',
    name: 'Meeting room',
    titles: ['Room Seven', 'The Quiet Floor', 'Sala Mică', 'Corner Office'],
    summaries: [
      'A calm room for twelve with a view over the roofs.',
      'Whiteboards on every wall and coffee that somebody cares about.',
    ],
    paragraphs: [
      'A room for thinking: daylight, good chairs, a screen that works with one cable.',
      'Coffee and water are included; lunch comes from the bakery downstairs if you tell us the day before.',
    ],
    unit: 'hour',
    price: [2_500, 9_000],
    capacity: [6, 24],
  },
  {
    kind: 'locations',
    name: 'Concert hall',
    titles: ['Old Tram Depot', 'Sala Oglinzilor', 'The Assembly Rooms', 'Halle Fünf'],
    summaries: [
      'A hall with a sprung floor, a real stage and rigging you can trust.',
      'Three hundred seats, a balcony and the best acoustics in town.',
    ],
    paragraphs: [
      'The hall was built for dancing and has been repaired for everything since. Stage, lights and desk are part of the rent.',
      'Our technician is in the house whenever you are.',
    ],
    unit: 'day',
    price: [150_000, 600_000],
    capacity: [150, 600],
  },
  {
    kind: 'events',
    name: 'Concert',
    titles: ['Strings by Candlelight', 'Late Bus Jazz', 'Songs from the Danube', 'Brass on the Square'],
    summaries: [
      'An evening of chamber music in a room small enough to hear the bows.',
      'A quintet, a low ceiling and a bar that stays open.',
    ],
    paragraphs: [
      'Doors open an hour before; the programme has one interval and an encore that the players have not agreed on yet.',
      'Seats are free: come early for the front rows.',
    ],
    unit: 'ticket',
    price: [2_000, 9_000],
    capacity: [40, 300],
  },
  {
    kind: 'events',
    name: 'Workshop',
    titles: ['Sourdough from Scratch', 'A Day of Letterpress', 'Ceramics for Beginners', 'Natural Dyes'],
    summaries: [
      'Learn it with your hands, take home what you made.',
      'A small group, a patient teacher and all materials included.',
    ],
    paragraphs: [
      'We begin with coffee and a look at what can go wrong, and spend the rest of the day doing it.',
      'No experience needed. Wear something that may get dirty.',
    ],
    unit: 'person',
    price: [4_500, 16_000],
    capacity: [8, 20],
  },
  {
    kind: 'events',
    name: 'Meetup',
    titles: ['Typescript After Work', 'Founders for Breakfast', 'Women Who Climb', 'Cartea de Miercuri'],
    summaries: [
      'Two short talks, then time to meet the people you came for.',
      'Open to everyone, with a table for those who come alone.',
    ],
    paragraphs: [
      'Two talks of fifteen minutes each, questions for as long as there are any, and then the kitchen.',
      'First time? Look for the yellow badges: they know everybody.',
    ],
    unit: 'person',
    price: [0, 1_500],
    capacity: [30, 120],
  },
  {
    kind: 'events',
    name: 'Festival',
    titles: ['Lanterns on the River', 'Weekend of Small Presses', 'Festivalul Străzii', 'Harvest Days'],
    summaries: [
      'Three days, four streets and more stages than we can count.',
      'Food, books and music from people who make them themselves.',
    ],
    paragraphs: [
      'The programme runs from noon to midnight; a day ticket lets you in and out as you like.',
      'Children under twelve come free.',
    ],
    unit: 'ticket',
    price: [3_000, 14_000],
    capacity: [400, 4_000],
  },
  {
    kind: 'services',
    name: 'Catering',
    titles: ['Long Table Catering', 'Bucătăria Măriei', 'Salt & Thyme', 'Market Street Kitchen'],
    summaries: [
      'Seasonal menus cooked on site, from twenty guests to three hundred.',
      'Honest food on big plates, with a plan for every allergy.',
    ],
    paragraphs: [
      'We write the menu after we have been to the market, and cook it where you eat it.',
      'Plates, glasses and the people who carry them are part of the price.',
    ],
    unit: 'person',
    price: [1_800, 7_500],
  },
  {
    kind: 'services',
    name: 'Photography',
    titles: ['Ana Petrescu Photography', 'Daylight Pictures', 'Two Lenses', 'Fotograf de Familie'],
    summaries: [
      'Quiet reportage: you will forget that somebody was there.',
      'Portraits and events in natural light, delivered within a week.',
    ],
    paragraphs: [
      'I work alone and without flash wherever the light allows it. You get every good picture, not a selection to buy from.',
      'A first look the next morning, everything within a week.',
    ],
    unit: 'hour',
    price: [6_000, 18_000],
  },
  {
    kind: 'services',
    name: 'DJ and music',
    titles: ['Slow Fade', 'DJ Ilinca', 'The Sunday Trio', 'Vinyl & Wine'],
    summaries: [
      'Reads the room, brings the sound, finishes on time.',
      'Records from five decades and the patience to play requests.',
    ],
    paragraphs: [
      'We meet before, listen to what you like, and bring a system that fits the room.',
      'Set-up takes an hour and leaves no cables to fall over.',
    ],
    unit: 'event',
    price: [30_000, 120_000],
  },
  {
    kind: 'services',
    name: 'Flowers and decoration',
    titles: ['Wild Stems', 'Atelier Floral', 'Meadow & Moss', 'Flori de Piață'],
    summaries: [
      'Local flowers in season, arranged as if they had grown there.',
      'From one table to a whole hall, built and taken down the same day.',
    ],
    paragraphs: [
      'We grow half of what we use and buy the rest from people we know.',
      'After the feast the flowers go to whoever you name.',
    ],
    unit: 'event',
    price: [20_000, 180_000],
  },
];
