'use client';

import '../components/zodInBrowser';

import { errorAnswerSchema } from '@convene/common/errors';
import { Button, toast } from '@payloadcms/ui';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import styles from './SuspensionForm.module.css';

const send = async (path: string, body: unknown): Promise<string | null> => {
  const answer = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) return null;
  const told = answer ? errorAnswerSchema.safeParse(await answer.json()).data?.error.message : undefined;
  return told ?? 'The server can’t be reached. Try again.';
};

export const SuspensionForm = ({ userId, isSuspended }: { userId: number; isSuspended: boolean }) => {
  const router = useRouter();
  const fieldId = useId();
  const [isOpen, setOpen] = useState(false);
  const [isSending, setSending] = useState(false);
  const [reason, setReason] = useState('');

  const carryOut = async (action: 'suspend' | 'unsuspend') => {
    setSending(true);
    const problem = await send(`/api/users/${userId}/${action}`, action === 'suspend' ? { reason } : {});
    setSending(false);
    if (problem) {
      toast.error(problem);
      return;
    }
    toast.success(action === 'suspend' ? 'The account is suspended.' : 'The account is let in again.');
    setOpen(false);
    setReason('');
    router.refresh();
  };

  if (isSuspended) {
    return (
      <Button buttonStyle="secondary" disabled={isSending} onClick={() => void carryOut('unsuspend')} type="button">
        Let the account in again
      </Button>
    );
  }
  if (!isOpen) {
    return (
      <Button buttonStyle="secondary" onClick={() => setOpen(true)} type="button">
        Suspend the account …
      </Button>
    );
  }
  return (
    <div className={styles['form']}>
      <p>
        Its sessions end, nobody signs in to it, and its listings are hidden. Bookings, conversations and reviews stay
        as they are.
      </p>
      <label htmlFor={fieldId}>Why? Staff read this.</label>
      <textarea
        id={fieldId}
        maxLength={2_000}
        onChange={({ target }) => setReason(target.value)}
        rows={3}
        value={reason}
      />
      <Button
        disabled={isSending || reason.trim().length < 3}
        onClick={(event: FormEvent) => {
          event.preventDefault();
          void carryOut('suspend');
        }}
        type="button"
      >
        Suspend
      </Button>
      <Button buttonStyle="secondary" onClick={() => setOpen(false)} type="button">
        Cancel
      </Button>
    </div>
  );
};
