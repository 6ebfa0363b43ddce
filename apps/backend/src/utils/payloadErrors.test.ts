import { APIError, AuthenticationError, Forbidden, ValidationError } from 'payload';
import { describe, expect, it } from 'vitest';
import { isApiError, isValidationError, reasonIn } from './payloadErrors';

/** As a second copy of Payload's code makes it. */
const foreign = (original: Error): Error => Object.assign(new Error(original.message), { ...original, name: '' });

const invalid = new ValidationError({ errors: [{ message: 'Too long.', path: 'title' }] });

describe('errors of Payload', () => {
  it.each([new APIError('No.', 409), new AuthenticationError(), new Forbidden(), invalid])(
    'are known whichever copy made them',
    (error) => {
      expect(isApiError(error)).toBe(true);
      expect(foreign(error)).not.toBeInstanceOf(APIError);
      expect(isApiError(foreign(error))).toBe(true);
    },
  );

  it('are told from others', () => {
    expect(isApiError(new Error('No.'))).toBe(false);
    expect(isApiError({ isOperational: true, status: 409 })).toBe(false);
    expect(isValidationError(foreign(invalid))).toBe(true);
    expect(isValidationError(new APIError('Bad.', 400))).toBe(false);
    expect(reasonIn(new APIError('Shut.', 403, { reason: 'suspended' }))).toBe('suspended');
    expect(reasonIn(new APIError('Shut.', 403))).toBeUndefined();
  });
});
