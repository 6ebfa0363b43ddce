import { describe, expect, it } from 'vitest';
import { emptyContent, fieldOfIssue, minorOf, readListing, typedOf, valuesOf } from './listingForm';

const now = new Date('2026-11-24T12:00:00Z');

const formOf = (values: Record<string, string | string[]>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) for (const each of [value].flat()) form.append(name, each);
  return form;
};

const issuesOf = (values: Record<string, string | string[]>, kind: 'locations' | 'events' = 'locations') => {
  const read = readListing(formOf({ ...valuesOf(emptyContent(kind), []), title: 'A hall', ...values }), {
    kind,
    submit: false,
    now,
  });
  return 'issues' in read ? read.issues.map(({ path }) => fieldOfIssue(path)) : [];
};

describe('the form of a listing', () => {
  it('shows a listing, and reads the same one from what it shows', () => {
    const content = {
      ...emptyContent('events'),
      title: 'Slow supper',
      summary: 'Eat slowly.',
      typeId: 3,
      cityId: 4,
      point: [27.58, 47.16] as [number, number],
      price: { amountMinor: 4_950, currency: 'RON' as const, unit: 'ticket' as const },
      startsAt: '2026-12-01T18:30:00.000Z',
      endsAt: '2026-12-01T21:00:00.000Z',
      capacity: 12,
    };
    const values = valuesOf(content, [{ id: 9, alt: 'A table', url: 'https://x.example/a', width: 4, height: 3 }]);
    expect(values).toMatchObject({ amount: '49.50', startsAt: '2026-12-01T20:30', longitude: '27.58' });
    const read = readListing(formOf(values), { kind: 'events', submit: false, now });
    const { facilityIds, coverageArea, ...own } = content;
    expect(read).toEqual({ input: { ...own, gallery: [{ id: 9, alt: 'A table' }] } });
  });

  it('names the field that is at fault', () => {
    expect(issuesOf({ title: 'x' })).toEqual(['title']);
    expect(issuesOf({ amount: 'a lot', unit: 'day' })).toEqual(['amount']);
    expect(issuesOf({ amount: '5' })).toEqual(['unit']);
    expect(issuesOf({ latitude: '91', longitude: '0' })).toEqual(['latitude']);
    expect(issuesOf({ latitude: '47', longitude: '' })).toEqual(['longitude']);
    expect(issuesOf({ website: 'ftp://x.example' })).toEqual(['website']);
    expect(issuesOf({ description: '{broken' })).toEqual(['description']);
    expect(issuesOf({ gallery: 'broken' })).toEqual(['gallery']);
    expect(issuesOf({ startsAt: '2026-12-02T10:00', endsAt: '2026-12-01T10:00' }, 'events')).toEqual(['endsAt']);
    expect(issuesOf({ startsAt: 'tomorrow' }, 'events')).toEqual(['startsAt']);
    expect(issuesOf({})).toEqual([]);
  });

  it('asks for what is missing only when it is sent for approval', () => {
    const form = formOf({ ...valuesOf(emptyContent('locations'), []), title: 'A hall' });
    expect(readListing(form, { kind: 'locations', submit: false, now })).toHaveProperty('input');
    const sent = readListing(form, { kind: 'locations', submit: true, now });
    expect('issues' in sent && sent.issues.map(({ path }) => path)).toEqual([
      'typeId',
      'summary',
      'description',
      'cityId',
    ]);
  });

  it('keeps what was typed as it was typed', () => {
    const typed = typedOf(formOf({ amount: 'a lot', facilityIds: ['1', '2'] }));
    expect(typed).toMatchObject({ amount: 'a lot', facilityIds: ['1', '2'], title: '' });
  });
});

describe('minorOf', () => {
  it.each([
    ['120', 12_000],
    ['49.5', 4_950],
    ['1 200,05', 120_005],
    ['0', 0],
    ['', null],
    ['1.234,50', Number.NaN],
    ['-3', Number.NaN],
  ])('%s', (text, minor) => {
    expect(minorOf(text)).toEqual(minor);
  });
});
