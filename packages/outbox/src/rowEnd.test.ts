import { deliveryStatuses } from '@convene/common';
import { expect, test } from 'vitest';
import { type RecipientEnd, recipientEndOf, rowEndOf } from './rowEnd';

const sent: RecipientEnd = { result: 'sent' };
const failed: RecipientEnd = { result: 'failed', reason: 'refused' };
const suppressed: RecipientEnd = { result: 'suppressed', reason: 'suppressed' };
const uncertain: RecipientEnd = { result: 'uncertain', reason: 'who knows' };

test.each([
  [[sent, sent], { status: 'sent', error: null }],
  [[sent, failed], { status: 'sent', error: '1 of 2 recipients: refused' }],
  [[failed, failed, suppressed], { status: 'dead', error: '3 of 3 recipients: refused; suppressed' }],
  [[failed], { status: 'dead', error: 'refused' }],
  [[suppressed, suppressed], { status: 'suppressed', error: '2 of 2 recipients: suppressed' }],
  [[sent, failed, uncertain], { status: 'uncertain', error: '2 of 3 recipients: refused; who knows' }],
])('%j ends a row as %j', (ends, expected) => {
  expect(rowEndOf(ends)).toEqual(expected);
});

test('every status but the open one is an end', () => {
  const open = deliveryStatuses.filter((status) => recipientEndOf({ status, error: null }) === null);
  expect(open).toEqual(['attempting']);
});
