import type { FlattenedField } from 'payload';

/** Ids of rows that a relationship can lead to, by collection. */
export type Related = Record<string, readonly (number | string)[]>;

/** What a field can't take just any value of its type for, by its name, or by its collection and name. */
const particular: Record<string, (seed: number) => unknown> = {
  kind: () => 'locations',
  timeZone: (seed) => (seed % 2 ? 'Europe/Bucharest' : 'Europe/Berlin'),
  website: (seed) => `https://example.com/${seed}`,
  startsAt: (seed) => new Date(Date.UTC(2031, 0, 1, 0, seed)).toISOString(),
  endsAt: (seed) => new Date(Date.UTC(2032, 0, 1, 0, seed)).toISOString(),
  metric: () => 'bookings',
  day: (seed) => `2031-01-${String((seed % 28) + 1).padStart(2, '0')}`,
  _status: () => 'published',
  'locations.moderationStatus': () => 'approved',
  'events.moderationStatus': () => 'approved',
  'services.moderationStatus': () => 'approved',
  'bookings.type': () => 'stay',
  'bookings.status': (seed) => (seed % 2 ? 'requested' : 'confirmed'),
  'claims.status': (seed) => (seed % 2 ? 'pending' : 'rejected'),
  // One of each person about each listing, and in every state.
  'reviews.listingId': (seed) => seed,
  'verifications.status': (seed) => (seed % 2 ? 'pending' : 'rejected'),
  'users.roles': () => ['client', 'provider'],
  mimeType: () => 'image/webp',
  pictureTexts: (seed) => ({ [seed]: `What picture ${seed} shows` }),
  'listing-types.kind': (seed) => (seed % 2 ? 'locations' : 'events'),
};

const richText = (seed: number) => ({
  root: {
    type: 'root',
    format: '',
    indent: 0,
    version: 1,
    direction: 'ltr',
    children: [
      {
        type: 'paragraph',
        format: '',
        indent: 0,
        version: 1,
        direction: 'ltr',
        textFormat: 0,
        textStyle: '',
        children: [{ type: 'text', text: `Text ${seed}`, detail: 0, format: 0, mode: 'normal', style: '', version: 1 }],
      },
    ],
  },
});

const pick = (values: readonly unknown[], seed: number): unknown => values[seed % values.length];

const relationOf = (relationTo: string | string[], related: Related, seed: number): unknown => {
  if (typeof relationTo === 'string') return pick(related[relationTo] ?? [], seed);
  const known = relationTo.find((slug) => related[slug]?.length) ?? '';
  return { relationTo: known, value: pick(related[known] ?? [], seed) };
};

/** A valid value of a field, another for each seed as far as its type has others. */
export const valueFor = (
  slug: string,
  field: FlattenedField,
  { seed, related }: { seed: number; related: Related },
): unknown => {
  const special = particular[`${slug}.${field.name}`] ?? particular[field.name];
  if (special) return special(seed);
  switch (field.type) {
    case 'text':
      return field.hasMany ? [`${field.name}-${seed}`] : `${field.name}-${seed}`.toLowerCase();
    case 'textarea':
      return `Some ${field.name} numbered ${seed}.`;
    case 'email':
      return `${field.name}-${seed}@example.com`.toLowerCase();
    case 'number':
      return (field.min ?? 0) + 1 + (seed % 4);
    case 'date':
      return new Date(Date.UTC(2031, 5, 1, 0, seed)).toISOString();
    case 'checkbox':
      return seed % 2 === 0;
    case 'select': {
      const option = pick(
        field.options.map((each) => (typeof each === 'string' ? each : each.value)),
        seed,
      );
      return field.hasMany ? [option] : option;
    }
    case 'json':
      return { seed };
    case 'richText':
      return richText(seed);
    case 'relationship':
    case 'upload': {
      const target = field.name === 'type' ? `listing-types of ${slug}` : field.relationTo;
      const value = relationOf(target, related, seed);
      return field.hasMany ? [value] : value;
    }
    case 'group':
      return Object.fromEntries(
        field.flattenedFields.map((nested) => [nested.name, valueFor(slug, nested, { seed, related })]),
      );
    case 'array':
      return [
        Object.fromEntries(
          field.flattenedFields.map((nested) => [nested.name, valueFor(slug, nested, { seed, related })]),
        ),
      ];
    default:
      throw new Error(`a field of type ${field.type} needs a value to be tried with`);
  }
};
