import { createTestContext, type TestContext } from '@convene/local-stack/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  beginAttempt,
  closeOutboxRow,
  decideOnFailed,
  type FinalOutboxStatus,
  type ForgetJobs,
  freezeRecipients,
  listFailed,
  settleAttempt,
  writeNotification,
} from '../src/index';

let context: TestContext;
let pool: pg.Pool;
let forgotten: string[];

beforeAll(async () => {
  context = await createTestContext();
  pool = new pg.Pool({ connectionString: context.databaseUrl });
});
afterAll(async () => {
  await pool?.end();
  await context?.dispose();
});
beforeEach(async () => {
  forgotten = [];
  await pool.query('DELETE FROM notification_outbox; DELETE FROM notification_log; DELETE FROM notification_decisions');
});

const forgetJobs: ForgetJobs = async (jobIds) => {
  forgotten.push(...jobIds);
};
const decide = (decision: Parameters<typeof decideOnFailed>[0]['decision'], ids: string[] | 'all') =>
  decideOnFailed({ pool, forgetJobs, decision, ids, by: 'a tester' });

/** A row that ended so, with one recipient whose attempt ended so. */
const writeEnded = async (status: FinalOutboxStatus, attemptStatus: 'sent' | 'failed' | 'uncertain' = 'failed') => {
  const id = await writeNotification(pool, {
    type: 'user.reset.start',
    payload: { userId: 1, token: 'a-secret-token-of-the-link' },
  });
  const recipient = { no: 0, userId: 1, email: 'ana@example.com', displayName: 'Ana', locale: 'en' as const };
  await freezeRecipients(pool, { id, recipients: [recipient] });
  const attempt = { outboxId: id, recipientNo: 0, type: 'user.reset.start', recipient: recipient.email, userId: 1 };
  const { logId } = await beginAttempt(pool, attempt);
  await settleAttempt(pool, { logId, status: attemptStatus, error: 'because' });
  await closeOutboxRow(pool, { id, status, error: 'because' });
  return { id, logId };
};

const rowOf = async (id: string) => (await pool.query('SELECT * FROM notification_outbox WHERE id = $1', [id])).rows[0];
const attemptsOf = async (id: string) =>
  (await pool.query('SELECT id, status, settled_at FROM notification_log WHERE outbox_id = $1', [id])).rows;
const decisionsMade = async () =>
  (await pool.query('SELECT outbox_id, decision, decided_by, status_before, error_before FROM notification_decisions'))
    .rows;

describe('the list', () => {
  test('has what failed or is uncertain, the latest first, page by page, and no address', async () => {
    const dead = await writeEnded('dead');
    const uncertain = await writeEnded('uncertain', 'uncertain');
    await writeEnded('sent', 'sent');
    const all = await listFailed(pool, { limit: 50 });
    expect(all.counts).toEqual({ dead: 1, uncertain: 1 });
    expect(all.notifications.map(({ id }) => id)).toEqual([uncertain.id, dead.id]);
    expect(all.notifications[1]).toMatchObject({ type: 'user.reset.start', error: 'because', recipients: 1 });
    expect(JSON.stringify(all)).not.toContain('@');
    const [second] = (await listFailed(pool, { limit: 1, before: uncertain.id })).notifications;
    expect(second?.id).toBe(dead.id);
    expect((await listFailed(pool, { limit: 50, status: 'dead' })).notifications).toHaveLength(1);
  });
});

describe('a decision', () => {
  test('to retry opens the row anew, forgets its job, finds its recipients again, and is recorded', async () => {
    const { id } = await writeEnded('dead');
    expect(await decide('retry', [id])).toEqual([id]);
    expect(await rowOf(id)).toMatchObject({
      status: 'pending',
      closed_at: null,
      not_before: null,
      first_attempt_at: null,
      error: null,
      recipients: null,
      payload: { userId: 1, token: 'a-secret-token-of-the-link' },
    });
    expect(await attemptsOf(id)).toEqual([]);
    expect(forgotten).toEqual([`n-${id}`]);
    expect(await decisionsMade()).toEqual([
      { outbox_id: id, decision: 'retry', decided_by: 'a tester', status_before: 'dead', error_before: 'because' },
    ]);
  });

  test('wakes the relay', async () => {
    const { id } = await writeEnded('dead');
    const client = new pg.Client({ connectionString: context.databaseUrl });
    await client.connect();
    await client.query('LISTEN notification_outbox');
    const woken = new Promise((resolve) => client.once('notification', resolve));
    await decide('retry', [id]);
    await woken;
    await client.end();
  });

  test('to discard keeps the reason and removes the secret', async () => {
    const { id } = await writeEnded('dead');
    expect(await decide('discard', 'all')).toEqual([id]);
    expect(await rowOf(id)).toMatchObject({ status: 'discarded', error: 'because', payload: { userId: 1 } });
    expect(forgotten).toEqual([`n-${id}`]);
  });

  test('that an uncertain mail was sent settles it', async () => {
    const { id } = await writeEnded('uncertain', 'uncertain');
    await decide('mark-sent', [id]);
    expect(await rowOf(id)).toMatchObject({ status: 'sent', error: null, payload: { userId: 1 } });
    expect(await attemptsOf(id)).toMatchObject([{ status: 'sent' }]);
  });

  test('to send an uncertain mail again keeps its attempt, whose id is part of the mail', async () => {
    const { id, logId } = await writeEnded('uncertain', 'uncertain');
    await decide('send-again', [id]);
    expect(await attemptsOf(id)).toEqual([{ id: logId, status: 'attempting', settled_at: null }]);
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'pending', closed_at: null });
    expect(row.recipients).toHaveLength(1);
  });

  test('is carried out for those rows alone that it is for', async () => {
    const dead = await writeEnded('dead');
    const uncertain = await writeEnded('uncertain', 'uncertain');
    const sent = await writeEnded('sent', 'sent');
    expect(await decide('retry', [uncertain.id, sent.id])).toEqual([]);
    expect(await decide('mark-sent', [dead.id, sent.id])).toEqual([]);
    expect(await decide('send-again', 'all')).toEqual([uncertain.id]);
    expect(await decide('retry', 'all')).toEqual([dead.id]);
    expect(await decide('retry', 'all')).toEqual([]);
    expect((await rowOf(sent.id)).status).toBe('sent');
  });

  test('changes nothing while the queue is away', async () => {
    const { id } = await writeEnded('dead');
    const away: ForgetJobs = async () => {
      throw new Error('no queue');
    };
    const retry = decideOnFailed({ pool, forgetJobs: away, decision: 'retry', ids: [id], by: 'a tester' });
    await expect(retry).rejects.toThrow('no queue');
    expect((await rowOf(id)).status).toBe('dead');
    expect(await decisionsMade()).toEqual([]);
  });

  test('of two at once is carried out once', async () => {
    const { id } = await writeEnded('dead');
    const outcomes = await Promise.all([decide('retry', [id]), decide('discard', [id]), decide('retry', [id])]);
    expect(outcomes.flat()).toEqual([id]);
    expect(await decisionsMade()).toHaveLength(1);
  });

  test('about many is carried out for all', async () => {
    const ids = await Promise.all(Array.from({ length: 210 }, async () => (await writeEnded('dead')).id));
    expect((await decide('discard', 'all')).toSorted()).toEqual(ids.toSorted());
  });
});
