import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fault, startChild } from './backends';
import { nameOfFault, runFaults } from './faultRun';
import { faultPoints } from './points';

let context: TestContext;
beforeAll(async () => {
  context = await createTestContext({ appendfsync: 'always' });
});
afterAll(() => context?.dispose());

test('every acknowledged event is counted once, whatever is killed or cut off at whatever step', {
  timeout: 180_000,
}, async () => {
  // Every point once; `pnpm bench:faults` strikes each in both ways, and more often.
  const faults = faultPoints.map((point, index): Fault => ({ ...point, how: index % 4 < 2 ? 'kill' : 'cut' }));
  const result = await runFaults({ context, startBackend: startChild, faults, events: 4_000, outages: 2 });
  for (const fault of faults) expect(result.hits.get(nameOfFault(fault)), nameOfFault(fault)).toBe(1);
  expect(result.givenUp).toEqual([]);
  expect(result.wrongVerdicts).toEqual([]);
  expect(result.events).toBeGreaterThanOrEqual(4_000);
  expect(result.flushes.broken).toBeGreaterThan(0);
  expect(result.counted).toEqual(result.acknowledged);
});
