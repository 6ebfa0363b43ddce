import { ConveneError } from '@convene/common/errors';
import { APIError, AuthenticationError, LockedAuth, UnverifiedEmail } from 'payload';
import { describe, expect, it } from 'vitest';
import { suspendedError } from '../../collections/Users/hooks/beforeLogin/refuseSuspended';
import { secondFactorError, secondFactorReason } from '../../collections/Users/twoFactor/secondFactorError';
import { failureOf } from './adminSignIn';

/** As a second copy of Payload's code makes it. */
const foreign = (original: Error): Error => Object.assign(new Error(original.message), { ...original, name: '' });

describe('why a sign-in to the admin failed', () => {
  it.each([
    [new AuthenticationError(), 'credentials'],
    [new LockedAuth(), 'credentials'],
    [new UnverifiedEmail({}), 'credentials'],
    [secondFactorError('code-needed'), 'code-needed'],
    [secondFactorError('code-wrong'), 'code-wrong'],
    [suspendedError(), 'suspended'],
  ])('is known whichever copy of Payload says so', (error, failure) => {
    expect(failureOf(error)).toBe(failure);
    expect(foreign(error)).not.toBeInstanceOf(APIError);
    expect(failureOf(foreign(error))).toBe(failure);
  });

  it('is told from what nobody foresaw', () => {
    expect(failureOf(new ConveneError('too-many-requests', 'Wait.'))).toBe('too-many');
    expect(failureOf(new APIError('Broken.', 500))).toBeNull();
    expect(failureOf(new Error('Broken.'))).toBeNull();
    expect(secondFactorReason(foreign(suspendedError()))).toBeNull();
  });
});
