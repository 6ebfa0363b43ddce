'use client';

import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Verdict } from './ModerationQueue';
import styles from './ModerationQueue.module.css';
import { type choiceOf, MAX_REASON_LENGTH } from './subjects';

/** Asks why, where the decision is made: typed, or one of those that are said often. */
export const ReasonForm = ({
  choice,
  verdict,
  onSend,
  onGiveUp,
}: {
  choice: ReturnType<typeof choiceOf>;
  verdict: Verdict;
  onSend: (reason: string) => void;
  onGiveUp: () => void;
}) => {
  const fieldId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (choice.reason === 'required' && reason.trim() === '') field.current?.focus();
    else onSend(reason.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onGiveUp();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };

  return (
    <form className={styles['reason']} onKeyDown={onKeyDown} onSubmit={submit}>
      <label htmlFor={fieldId}>{choice.reasonLabel}</label>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
        autoFocus
        id={fieldId}
        maxLength={MAX_REASON_LENGTH}
        onChange={({ target }) => setReason(target.value)}
        ref={field}
        required={choice.reason === 'required'}
        rows={3}
        value={reason}
      />
      <ul aria-label="Common reasons" className={styles['common']}>
        {(choice.commonReasons ?? []).map((common) => (
          <li key={common}>
            <button
              onClick={() => {
                setReason((before) => (before.trim() ? `${before.trim()} ${common}` : common));
                field.current?.focus();
              }}
              type="button"
            >
              {common}
            </button>
          </li>
        ))}
      </ul>
      <div className={styles['actions']}>
        <button className={styles[verdict]} type="submit">
          {choice.label}
        </button>
        <button onClick={onGiveUp} type="button">
          Cancel
        </button>
        <span className={styles['note']}>Ctrl + Enter sends, Esc gives up.</span>
      </div>
    </form>
  );
};
