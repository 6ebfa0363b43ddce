import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ConveneError, parseInput } from './index';

describe('ConveneError', () => {
  it('is known across copies of the module', async () => {
    vi.resetModules();
    const copy = await import('./index');
    expect(copy.ConveneError).not.toBe(ConveneError);
    expect(new copy.ConveneError('conflict', 'Taken.')).toBeInstanceOf(ConveneError);
    expect(new Error('no')).not.toBeInstanceOf(ConveneError);
    expect({ code: 'conflict' }).not.toBeInstanceOf(ConveneError);
  });

  it('leaves its subclasses apart from each other', () => {
    class One extends ConveneError {}
    class Other extends ConveneError {}
    const one = new One('internal', 'x');
    expect(one).toBeInstanceOf(ConveneError);
    expect(one).toBeInstanceOf(One);
    expect(one).not.toBeInstanceOf(Other);
  });

  it('answers in the one shape, with its status', () => {
    const error = new ConveneError('not-found', 'There is no such city.');
    expect(error.status).toBe(404);
    expect(error.toAnswer()).toEqual({ error: { code: 'not-found', message: 'There is no such city.' } });
  });
});

describe('parseInput', () => {
  it('tells every problem with its path', () => {
    const schema = z.object({ a: z.number(), b: z.object({ c: z.string() }) });
    expect(() => parseInput(schema, { a: 'x', b: {} })).toThrowError(
      expect.objectContaining({
        code: 'invalid-input',
        issues: [expect.objectContaining({ path: 'a' }), expect.objectContaining({ path: 'b.c' })],
      }),
    );
  });
});
