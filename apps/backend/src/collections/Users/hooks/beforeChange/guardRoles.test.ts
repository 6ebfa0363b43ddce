import { describe, expect, it } from 'vitest';
import { mayChangeRoles, withClient } from './guardRoles';

describe('mayChangeRoles', () => {
  it('lets a person take and give back listing roles', () => {
    expect(mayChangeRoles(['client'], ['client', 'host', 'provider'])).toBe(true);
    expect(mayChangeRoles(['client', 'organizer'], ['client'])).toBe(true);
  });

  it.each(['moderator', 'admin'] as const)('lets nobody take %s', (role) => {
    expect(mayChangeRoles(['client'], ['client', role])).toBe(false);
    expect(mayChangeRoles(['client', 'host'], ['host', role])).toBe(false);
  });

  it('does not let a moderator put down or trade the role by a form that left it out', () => {
    expect(mayChangeRoles(['client', 'moderator'], ['client'])).toBe(false);
  });
});

describe('withClient', () => {
  it('makes everybody a client, once', () => {
    expect(withClient(['host'])).toEqual(['client', 'host']);
    expect(withClient(['client', 'host'])).toEqual(['client', 'host']);
  });
});
