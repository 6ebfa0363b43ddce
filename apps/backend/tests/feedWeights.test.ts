import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultWeights } from '../src/collections/Feed/scoring';
import { readScoreWeights } from '../src/collections/Feed/weights';
import type { User } from '../src/payload-types';
import { createPayloadHarness, type PayloadHarness } from './payloadHarness';

let harness: PayloadHarness;
let people: Record<'admin' | 'moderator' | 'host', User>;
beforeAll(async () => {
  harness = await createPayloadHarness();
  const one = (role: 'admin' | 'moderator' | 'host') =>
    harness.createUser({ email: `${role}@example.com`, roles: [role] });
  people = { admin: await one('admin'), moderator: await one('moderator'), host: await one('host') };
});
afterAll(() => harness?.dispose());

const set = (data: Partial<typeof defaultWeights>, user: User | undefined) =>
  harness.payload.updateGlobal({ slug: 'feed-weights', data, user: user ?? null, overrideAccess: false });
const look = (user: User | undefined) =>
  harness.payload.findGlobal({ slug: 'feed-weights', user: user ?? null, overrideAccess: false });

test('begin with the defaults, shown to staff alone', async () => {
  expect(await look(people.admin)).toMatchObject(defaultWeights);
  expect(await look(people.moderator)).toMatchObject(defaultWeights);
  await expect(look(people.host)).rejects.toThrow('not allowed');
  await expect(look(undefined)).rejects.toThrow('not allowed');
});

test('are set by admins alone, and the ranking goes by them', async () => {
  for (const user of [people.moderator, people.host, undefined]) {
    await expect(set({ views: 1 }, user)).rejects.toThrow('not allowed');
  }
  expect(await readScoreWeights(harness.pool)).toEqual(defaultWeights);
  await set({ ...defaultWeights, views: 0.75, clickThrough: 0 }, people.admin);
  expect(await readScoreWeights(harness.pool)).toEqual({ ...defaultWeights, views: 0.75, clickThrough: 0 });
});

test('are refused where they say nothing, or are none', async () => {
  const before = await readScoreWeights(harness.pool);
  const none = { rating: 0, reviews: 0, views: 0, favorites: 0, bookings: 0, clickThrough: 0 };
  await expect(set(none, people.admin)).rejects.toThrow(/invalid/);
  await expect(set({ ...none, views: -1 }, people.admin)).rejects.toThrow(/invalid/);
  await expect(set({ ...none, views: 101 }, people.admin)).rejects.toThrow(/invalid/);
  expect(await readScoreWeights(harness.pool)).toEqual(before);
});
