'use client';

import '../components/zodInBrowser';

import { type Decision, decidable, decidedSchema, type FailedNotification } from '@convene/common/decisions';
import { Button, toast } from '@payloadcms/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import table from '../components/DataTable.module.css';
import { postAction } from '../components/postAction';
import styles from './FailedMails.module.css';

const labels: Record<Decision, { label: string; done: string; ask: string }> = {
  retry: { label: 'Retry', done: 'Sent to the queue again', ask: 'Retry' },
  discard: { label: 'Discard', done: 'Discarded', ask: 'Discard' },
  'mark-sent': { label: 'Mark as sent', done: 'Marked as sent', ask: 'Mark as sent' },
  'send-again': { label: 'Send again', done: 'Sent to the queue again', ask: 'Send a second time, perhaps,' },
};
const decisions: Decision[] = ['retry', 'send-again', 'mark-sent', 'discard'];

const isFor = (decision: Decision, { status }: FailedNotification): boolean =>
  decidable[decision].some((allowed) => allowed === status);

/**
 * What could not be sent, or may not have been, with what one can do about it: to one, to those that are ticked, or to
 * all that there are, also those on other pages.
 *
 * @param counts how many there are altogether
 */
export const FailedMails = ({
  rows,
  counts,
  empty,
}: {
  rows: FailedNotification[];
  counts: Record<'dead' | 'uncertain', number>;
  /** What is said where there is none. */
  empty: string;
}) => {
  const router = useRouter();
  const [ticked, setTicked] = useState<string[]>([]);
  const [isSending, setSending] = useState(false);
  const chosen = rows.filter(({ id }) => ticked.includes(id));

  const decide = async (decision: Decision, ids: string[] | 'all', howMany: number) => {
    // What is discarded is never sent, and what is sent again may arrive twice.
    const isFinal = decision === 'discard' || decision === 'send-again';
    const mails = howMany === 1 ? 'this mail' : `${howMany} mails`;
    if ((isFinal || howMany > 1) && !window.confirm(`${labels[decision].ask} ${mails}?`)) return;
    setSending(true);
    const posted = await postAction('/api/notifications/failed', { body: { decision, ids } });
    setSending(false);
    if (posted.ok) {
      const decided = decidedSchema.safeParse(posted.body).data?.decided.length ?? 0;
      toast.success(`${labels[decision].done}: ${decided}.`);
      setTicked([]);
    } else {
      toast.error(posted.message);
    }
    router.refresh();
  };

  if (rows.length === 0) return <p className={table['empty']}>{empty}</p>;
  return (
    <>
      <div className={styles['bar']}>
        <label>
          <input
            checked={chosen.length === rows.length}
            onChange={({ target }) => setTicked(target.checked ? rows.map(({ id }) => id) : [])}
            type="checkbox"
          />{' '}
          All on this page
        </label>
        {decisions.map((decision) => {
          const ids = chosen.filter((row) => isFor(decision, row)).map(({ id }) => id);
          return ids.length === 0 ? null : (
            <Button
              buttonStyle="secondary"
              disabled={isSending}
              key={decision}
              margin={false}
              onClick={() => void decide(decision, ids, ids.length)}
              size="small"
              type="button"
            >
              {`${labels[decision].label} (${ids.length})`}
            </Button>
          );
        })}
        {chosen.length === 0 && counts.dead > 1 ? (
          <>
            <Button
              buttonStyle="secondary"
              disabled={isSending}
              margin={false}
              onClick={() => void decide('retry', 'all', counts.dead)}
              size="small"
              type="button"
            >
              {`Retry all ${counts.dead} that failed`}
            </Button>
            <Button
              buttonStyle="secondary"
              disabled={isSending}
              margin={false}
              onClick={() => void decide('discard', 'all', counts.dead + counts.uncertain)}
              size="small"
              type="button"
            >
              {`Discard all ${counts.dead + counts.uncertain}`}
            </Button>
          </>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section aria-label="Failed mails" className={table['scroll']} tabIndex={0}>
        <table className={table['table']}>
          <caption>Failed mails, the latest first</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className={styles['hidden']}>Choose</span>
              </th>
              <th scope="col">Type</th>
              <th scope="col">State</th>
              <th scope="col">Since (UTC)</th>
              <th className={table['number']} scope="col">
                For
              </th>
              <th scope="col">Reason</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <input
                    aria-label={`Choose ${row.type} of ${row.closedAt}`}
                    checked={ticked.includes(row.id)}
                    onChange={({ target }) =>
                      setTicked(target.checked ? [...ticked, row.id] : ticked.filter((id) => id !== row.id))
                    }
                    type="checkbox"
                  />
                </td>
                <td>{row.type}</td>
                <td>{row.status === 'dead' ? 'failed' : 'unclear whether sent'}</td>
                <td className={styles['moment']}>{row.closedAt.slice(0, 16).replace('T', ' ')}</td>
                <td className={table['number']}>{row.recipients ?? '–'}</td>
                <td className={styles['reason']}>{row.error ?? 'no reason is known'}</td>
                <td>
                  <span className={styles['actions']}>
                    {decisions
                      .filter((decision) => isFor(decision, row))
                      .map((decision) => (
                        <button
                          className={styles['action']}
                          disabled={isSending}
                          key={decision}
                          onClick={() => void decide(decision, [row.id], 1)}
                          type="button"
                        >
                          {labels[decision].label}
                        </button>
                      ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
};
