'use client';

import '../components/zodInBrowser';

import { toast } from '@payloadcms/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { postAction } from '../components/postAction';
import styles from './FailedMails.module.css';

/** Lets an address be written to again. */
export const LiftButton = ({ id, email }: { id: number; email: string }) => {
  const router = useRouter();
  const [isSending, setSending] = useState(false);
  const lift = async () => {
    if (!window.confirm(`Write to ${email} again?`)) return;
    setSending(true);
    const posted = await postAction(`/api/suppressions/${id}`, { method: 'DELETE' });
    setSending(false);
    if (posted.ok) toast.success(`${email} is written to again.`);
    else toast.error(posted.message);
    router.refresh();
  };
  return (
    <button
      aria-label={`Remove the suppression of ${email}`}
      className={styles['action']}
      disabled={isSending}
      onClick={() => void lift()}
      type="button"
    >
      Remove
    </button>
  );
};
