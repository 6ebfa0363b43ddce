import type { FlattenedField } from 'payload';
import { describe, expect, it } from 'vitest';
import { changesBetween } from './changes';
import { actionOf, isOwnDocument, isRecorded } from './classify';

const fields: FlattenedField[] = [
  { name: 'title', type: 'text' },
  { name: 'text', type: 'textarea' },
  { name: 'email', type: 'email' },
  { name: 'roles', type: 'select', hasMany: true, options: ['client', 'admin'] },
  { name: 'owner', type: 'relationship', relationTo: 'users' },
  { name: 'verified', type: 'checkbox' },
  { name: 'startsAt', type: 'date' },
  { name: 'hash', type: 'text', hidden: true },
  { name: 'updatedAt', type: 'date' },
  {
    name: 'price',
    type: 'group',
    fields: [],
    flattenedFields: [
      { name: 'amountMinor', type: 'number' },
      { name: 'secretNote', type: 'text' },
    ],
  },
];

describe('changesBetween', () => {
  const before = {
    title: 'Old',
    text: 'What somebody wrote',
    email: 'old@example.com',
    roles: ['client'],
    owner: { id: 4, email: 'owner@example.com' },
    verified: null,
    startsAt: '2026-05-01T10:00:00.000Z',
    hash: 'secret',
    updatedAt: '2026-05-01T10:00:00.000Z',
    price: { amountMinor: 5, secretNote: 'a' },
  };

  it('keeps what states, relations, dates and public names were, and of all else only that it changed', () => {
    const after = {
      ...before,
      title: 'New',
      text: 'What somebody wrote anew',
      email: 'new@example.com',
      roles: ['client', 'admin'],
      owner: 5,
      verified: true,
      startsAt: '2026-05-02T10:00:00.000Z',
      hash: 'another secret',
      updatedAt: '2026-05-02T10:00:00.000Z',
      price: { amountMinor: 6, secretNote: 'b' },
    };
    const changes = changesBetween(fields, { before, after });
    expect(changes).toEqual([
      { field: 'title', from: 'Old', to: 'New' },
      { field: 'text' },
      { field: 'email' },
      { field: 'roles', from: ['client'], to: ['client', 'admin'] },
      { field: 'owner', from: 4, to: 5 },
      { field: 'verified', from: false, to: true },
      { field: 'startsAt', from: '2026-05-01T10:00:00.000Z', to: '2026-05-02T10:00:00.000Z' },
      { field: 'price.amountMinor', from: 5, to: 6 },
      { field: 'price.secretNote' },
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/secret"|example\.com|somebody/);
  });

  it('sees no change in what is only written otherwise', () => {
    const after = { ...before, owner: 4, verified: false, startsAt: '2026-05-01T13:00:00+03:00', text: before.text };
    expect(changesBetween(fields, { before, after })).toEqual([]);
  });

  it('cuts what is long', () => {
    const [change] = changesBetween(fields, { before: { title: '' }, after: { title: 'x'.repeat(500) } });
    expect(String(change?.to)).toHaveLength(201);
  });
});

describe('actionOf', () => {
  it('names what matters most of several changes', () => {
    const tier = { field: 'tier', from: 'new', to: 'sponsored' };
    const approved = { field: 'moderationStatus', from: 'pending', to: 'approved' };
    expect(actionOf('update', [tier, approved])).toBe('approved');
    expect(actionOf('update', [tier])).toBe('tier-changed');
    expect(actionOf('update', [{ field: 'moderationStatus', from: 'approved', to: 'draft' }])).toBe('edited');
    expect(actionOf('update', [])).toBeNull();
    expect(actionOf('create', [])).toBe('created');
  });
});

describe('what is one’s own', () => {
  it('is edited without a record, but not approved or promoted without one', () => {
    expect(isRecorded('edited', { isOwn: true })).toBe(false);
    expect(isRecorded('edited', { isOwn: false })).toBe(true);
    expect(isRecorded('approved', { isOwn: true })).toBe(true);
    expect(isRecorded('tier-changed', { isOwn: true })).toBe(true);
  });

  it('is what names the person, filled in or not', () => {
    expect(isOwnDocument({ collection: 'locations', doc: { owner: { id: 7 } } }, 7)).toBe(true);
    expect(isOwnDocument({ collection: 'reviews', doc: { author: 7 } }, 7)).toBe(true);
    expect(isOwnDocument({ collection: 'users', doc: { id: 8, owner: 7 } }, 7)).toBe(false);
    expect(isOwnDocument({ collection: 'cities', doc: { id: 7 } }, 7)).toBe(false);
  });
});
