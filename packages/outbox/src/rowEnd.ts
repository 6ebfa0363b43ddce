import type { DeliveryStatus } from '@convene/common';
import type { FinalOutboxStatus } from './rows';

/** What became of a row's mail to one recipient, where that is settled. */
export type RecipientEnd = { result: 'sent' } | { result: 'failed' | 'suppressed' | 'uncertain'; reason: string };

/** A settled attempt's end; null for one that is still open. What bounced or annoyed has been sent. */
export const recipientEndOf = ({
  status,
  error,
}: {
  status: DeliveryStatus;
  error: string | null;
}): RecipientEnd | null => {
  switch (status) {
    case 'attempting':
      return null;
    case 'sent':
    case 'delivered':
    case 'bounced':
    case 'complained':
      return { result: 'sent' };
    case 'failed':
    case 'suppressed':
      return { result: status, reason: error ?? `${status} before` };
    case 'uncertain':
      return { result: 'uncertain', reason: error ?? 'nobody knows whether an earlier try was sent' };
  }
};

/** A row's end follows from its recipients'; one that someone got is `sent`, and tells who did not. */
export const rowEndOf = (ends: RecipientEnd[]): { status: FinalOutboxStatus; error: string | null } => {
  const reasons = ends.flatMap((end) => ('reason' in end ? [end.reason] : []));
  const summary = [...new Set(reasons)].join('; ');
  const count = ends.length > 1 ? `${reasons.length} of ${ends.length} recipients: ` : '';
  const error = reasons.length === 0 ? null : `${count}${summary}`;
  const results = new Set(ends.map(({ result }) => result));
  if (results.has('uncertain')) return { status: 'uncertain', error };
  if (results.has('sent')) return { status: 'sent', error };
  return { status: results.has('failed') ? 'dead' : 'suppressed', error };
};
