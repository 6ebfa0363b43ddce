import type { EmailAdapter } from 'payload';

/**
 * Payload's own mails (confirm an address, reset a password) are outbox rows, written where Payload asks for their
 * body; what it then hands over is dropped here without a trace, since it may hold a token.
 */
export const outboxEmailAdapter: EmailAdapter = () => ({
  name: 'outbox',
  defaultFromAddress: 'outbox@localhost',
  defaultFromName: 'Convene',
  sendEmail: async () => undefined,
});
