import { expect, test } from 'vitest';
import { currentTraceParent, inSpan } from './index';

test('where nobody traces, work is done and nothing is handed on', async () => {
  expect(await inSpan('quiet', { traceParent: null }, async () => currentTraceParent())).toBeNull();
  await expect(inSpan('failing', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
