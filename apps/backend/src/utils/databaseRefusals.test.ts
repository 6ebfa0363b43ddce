import { APIError, ValidationError } from 'payload';
import { describe, expect, it } from 'vitest';
import { asRefusal } from './databaseRefusals';
import { violatedConstraint } from './postgresErrors';

const wrapped = (postgres: object) => new Error('Failed query', { cause: Object.assign(new Error('no'), postgres) });

describe('asRefusal', () => {
  it('words what a rule of ours refuses, and keeps the original behind it', () => {
    const original = wrapped({ code: '23P01', constraint: 'bookings_no_overlap' });
    const refusal = asRefusal(original);
    expect(refusal).toBeInstanceOf(APIError);
    expect(refusal).toMatchObject({
      status: 409,
      isPublic: true,
      message: expect.stringMatching(/^That time is taken/),
    });
    expect(violatedConstraint(refusal)).toBe('bookings_no_overlap');
  });

  it('says of any other refusal what kind it is', () => {
    expect(asRefusal(wrapped({ code: '23514', constraint: 'a_rule' }))).toMatchObject({
      status: 409,
      message: 'One of the values is outside of what is allowed.',
    });
    expect(asRefusal(wrapped({ code: '40P01' }))).toMatchObject({ status: 409, message: /same moment/ });
  });

  it.each(['22P02', '22003', '22021', '22008'])('takes a value that can’t be read (%s) for wrong input', (code) => {
    const original = wrapped({ code });
    expect(asRefusal(original)).toMatchObject({ status: 400, isPublic: true, cause: original });
  });

  it('leaves alone what nobody can do anything about, and what has been worded already', () => {
    const lost = wrapped({ code: '57P01' });
    expect(asRefusal(lost)).toBe(lost);
    const known = new APIError('Known.', 418);
    expect(asRefusal(known)).toBe(known);
    expect(asRefusal('odd')).toBe('odd');
  });

  it('marks a field that must be unique as before, and names no columns of an index over several', () => {
    const unique = (path: string) => new ValidationError({ errors: [{ message: 'Value must be unique', path }] });
    expect(asRefusal(unique('slug'))).toMatchObject({ message: expect.stringMatching(/slug/) });
    expect(asRefusal(unique('listing_id, client_id'))).toMatchObject({ message: 'There is one like this already.' });
  });
});
