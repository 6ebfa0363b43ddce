'use client';

import { type ReactNode, useActionState, useEffect, useRef } from 'react';
import { type FormState, initialFormState } from '@/lib/forms/state';
import styles from './ActionForm.module.css';

export type TextField = {
  type: 'text' | 'email' | 'password';
  name: string;
  label: string;
  autoComplete: string;
  hint?: string;
  minLength?: number;
  maxLength?: number;
};

export type CheckboxGroup = {
  type: 'checkboxes';
  name: string;
  legend: string;
  hint?: string;
  options: { value: string; label: string }[];
};

type Props = {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  fields: (TextField | CheckboxGroup)[];
  hidden?: Record<string, string>;
  /** What the fields hold at first. */
  values?: FormState['values'];
  honeypot?: { name: string; label: string };
  submit: string;
  /** Between the fields and the button. */
  children?: ReactNode;
  /** In the place of the form once it is done. */
  done?: ReactNode;
  /** In the place of the form's message when the link that led here does not work any more. */
  linkSpent?: ReactNode;
};

/**
 * A form sent to a server action. Works without script; with it keeps what was typed, marks the fields at fault and
 * moves the focus to the first of them.
 */
export const ActionForm = ({
  action,
  fields,
  hidden = {},
  values = {},
  honeypot,
  submit,
  children,
  done,
  linkSpent,
}: Props) => {
  const [state, send, isPending] = useActionState(action, { ...initialFormState, values });
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (state.attempt === 0) return;
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    (find('[aria-invalid="true"]') ?? find('[data-form-message]'))?.focus();
  }, [state.attempt]);

  if (state.status === 'done' && done) return done;
  return (
    <form ref={form} action={send} className={styles.form} noValidate={state.attempt > 0}>
      {state.message ? (
        <div className="notice noticeBad" role="alert" tabIndex={-1} data-form-message>
          {state.isLinkSpent && linkSpent ? linkSpent : state.message}
        </div>
      ) : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {honeypot ? (
        <div className="visuallyHidden" aria-hidden="true">
          <label>
            {honeypot.label}
            <input type="text" name={honeypot.name} tabIndex={-1} autoComplete="off" defaultValue="" />
          </label>
        </div>
      ) : null}
      {/* A new key after each answer: React resets a sent form to its first values otherwise. */}
      <div key={state.attempt} className={styles.fields}>
        {fields.map((field) =>
          field.type === 'checkboxes' ? (
            <Checkboxes key={field.name} field={field} chosen={state.values[field.name]} />
          ) : (
            <TextInput
              key={field.name}
              field={field}
              value={state.values[field.name]}
              error={state.fieldErrors[field.name]}
            />
          ),
        )}
      </div>
      {children}
      <button
        type="submit"
        className="button"
        aria-disabled={isPending}
        onClick={(event) => isPending && event.preventDefault()}
      >
        {submit}
      </button>
    </form>
  );
};

const TextInput = ({
  field: { label, hint, name, ...attributes },
  value,
  error,
}: {
  field: TextField;
  value: string | string[] | undefined;
  error: string | undefined;
}) => {
  const described = [hint ? `${name}-hint` : null, error ? `${name}-error` : null].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        className="input"
        required
        defaultValue={typeof value === 'string' ? value : ''}
        {...attributes}
        {...(described ? { 'aria-describedby': described } : {})}
        {...(error ? { 'aria-invalid': true } : {})}
        {...(attributes.type === 'email' ? { inputMode: 'email', spellCheck: false } : {})}
      />
      {hint ? (
        <p id={`${name}-hint`} className="hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${name}-error`} className="fieldError">
          {error}
        </p>
      ) : null}
    </div>
  );
};

const Checkboxes = ({ field, chosen }: { field: CheckboxGroup; chosen: string | string[] | undefined }) => (
  <fieldset className={styles.group}>
    <legend className="legend">{field.legend}</legend>
    {field.hint ? <p className="hint">{field.hint}</p> : null}
    {field.options.map(({ value, label }) => (
      <label key={value} className={styles.option}>
        <input type="checkbox" name={field.name} value={value} defaultChecked={chosen?.includes(value) ?? false} />
        {label}
      </label>
    ))}
  </fieldset>
);
