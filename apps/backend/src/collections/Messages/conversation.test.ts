import { describe, expect, it } from 'vitest';
import { conversationId, conversationIdSchema, MAIL_PAUSE_MS, planMail } from './conversation';

const now = new Date('2026-06-01T12:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);

describe('a conversation’s id', () => {
  it('is read back as it was written', () => {
    const conversation = { kind: 'services', listingId: 12, clientId: 7 } as const;
    expect(conversationIdSchema.parse(conversationId(conversation))).toEqual(conversation);
  });

  it.each([
    '',
    'services-12',
    'cities-1-2',
    'events-0-1',
    'events-1-99999999999',
    'events-1-1;',
    'events-1-1-1',
    'events--1',
  ])('%j is none', (value) => {
    expect(conversationIdSchema.safeParse(value).success).toBe(false);
  });
});

describe('the mail about a message', () => {
  it('goes at once where none went before', () => {
    expect(planMail(null, now)).toEqual({ notBefore: null });
  });

  it('goes at once where the last is ten minutes ago', () => {
    const last = { id: 'a', isWaiting: false, sendsAt: ago(MAIL_PAUSE_MS) };
    expect(planMail(last, now)).toEqual({ notBefore: null });
  });

  it('waits for the ten minutes to be over', () => {
    const last = { id: 'a', isWaiting: false, sendsAt: ago(MAIL_PAUSE_MS - 1) };
    expect(planMail(last, now)).toEqual({ notBefore: new Date(now.getTime() + 1) });
  });

  it('is the one that waits already', () => {
    const last = { id: 'a', isWaiting: true, sendsAt: new Date(now.getTime() + 1) };
    expect(planMail(last, now)).toEqual({ join: 'a' });
  });

  it('is the one that is due and can’t leave the outbox, so that an outage is not followed by several', () => {
    const last = { id: 'a', isWaiting: true, sendsAt: ago(3 * MAIL_PAUSE_MS) };
    expect(planMail(last, now)).toEqual({ join: 'a' });
  });
});
