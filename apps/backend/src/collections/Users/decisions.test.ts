import { describe, expect, it } from 'vitest';
import { changedEmail, isStaffAccount, wasDeleted } from './decisions';

const old = { email: 'old@example.com', deletedAt: null };

describe('an account', () => {
  it('has changed its address where it had another', () => {
    expect(changedEmail(old, { ...old, email: 'new@example.com' })).toEqual({
      oldEmail: 'old@example.com',
      newEmail: 'new@example.com',
    });
    expect(changedEmail(old, old)).toBeNull();
    expect(changedEmail({}, old)).toBeNull();
    expect(changedEmail(undefined, old)).toBeNull();
  });

  it('is deleted once, and is not when it is brought back', () => {
    const gone = { ...old, deletedAt: '2026-06-01T12:00:00.000Z' };
    expect(wasDeleted(old, gone)).toBe(true);
    expect(wasDeleted(gone, gone)).toBe(false);
    expect(wasDeleted(gone, old)).toBe(false);
    expect(wasDeleted(undefined, old)).toBe(false);
  });

  it('is one of the staff by either of their roles', () => {
    expect(isStaffAccount({ roles: ['client', 'host'] })).toBe(false);
    expect(isStaffAccount({ roles: ['client', 'moderator'] })).toBe(true);
    expect(isStaffAccount({ roles: ['client', 'admin'] })).toBe(true);
  });
});
