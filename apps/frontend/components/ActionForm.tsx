'use client';

import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react';
import { dropDraft, keepDraft, restoreDraft } from '@/lib/forms/draft';
import { type FormState, initialFormState } from '@/lib/forms/state';
import styles from './ActionForm.module.css';

export type TextField = {
  type: 'text' | 'email' | 'password' | 'url' | 'number' | 'datetime-local';
  name: string;
  label: string;
  autoComplete: string;
  hint?: string;
  minLength?: number;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  step?: number;
  value?: string;
  isOptional?: boolean;
};

export type TextArea = {
  type: 'textarea';
  name: string;
  label: string;
  hint?: string;
  rows: number;
  minLength?: number;
  maxLength: number;
  value?: string;
  isOptional?: boolean;
};

type Choice = {
  name: string;
  label: string;
  hint?: string;
  options: { value: string; label: string }[];
  value?: string;
  isOptional?: boolean;
};

export type Select = Choice & { type: 'select' };
export type RadioGroup = Choice & { type: 'radios' };

export type CheckboxGroup = {
  type: 'checkboxes';
  name: string;
  legend: string;
  hint?: string;
  options: { value: string; label: string; hint?: string }[];
  chosen?: string[];
};

export type Field = TextField | TextArea | Select | RadioGroup | CheckboxGroup;

type Props = {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  fields: Field[];
  hidden?: Record<string, string>;
  honeypot?: { name: string; label: string };
  submit: string;
  /** Tells forms with fields of the same name on one page apart. */
  id?: string;
  look?: 'quiet' | 'danger' | 'small';
  /** What is said when typed text comes back after signing in again; without it none is kept. */
  resumed?: string;
  /** Between the fields and the button. */
  children?: ReactNode;
  /** In the place of the form once it is done. */
  done?: ReactNode;
  /** In the place of the form's message when the link that led here does not work any more. */
  linkSpent?: ReactNode;
};

const looks = { quiet: 'button buttonQuiet', danger: 'button buttonDanger', small: 'button buttonSmall' } as const;

/**
 * A form sent to a server action. Works without script; with it keeps what was typed, marks the fields at fault and
 * moves the focus to the first of them, or to what the form has to say.
 */
export const ActionForm = ({
  action,
  fields,
  hidden = {},
  honeypot,
  submit,
  id = '',
  look,
  resumed,
  children,
  done,
  linkSpent,
}: Props) => {
  const [state, send, isPending] = useActionState(action, initialFormState);
  const form = useRef<HTMLFormElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const [isResumed, setIsResumed] = useState(false);
  const keepsDraft = resumed !== undefined;

  useEffect(() => {
    if (!keepsDraft) return;
    if (form.current && restoreDraft(form.current)) setIsResumed(true);
    const { pathname } = location;
    // Left for anything but signing in, the form has had its answer.
    return () => {
      if (!location.pathname.startsWith('/sign-in')) dropDraft(pathname);
    };
  }, [keepsDraft]);

  useEffect(() => {
    if (keepsDraft && state.attempt > 0) dropDraft();
  }, [keepsDraft, state.attempt]);

  useEffect(() => {
    if (state.attempt === 0) return;
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    (find('[aria-invalid="true"]') ?? find('[data-form-message]') ?? end.current)?.focus();
  }, [state.attempt]);

  if (state.status === 'done' && done) {
    return (
      <div ref={end} tabIndex={-1} className={styles.form}>
        {done}
      </div>
    );
  }
  const isGood = state.status === 'done';
  return (
    <form
      ref={form}
      action={send}
      className={styles.form}
      noValidate={state.attempt > 0}
      {...(keepsDraft ? { onSubmit: (event) => keepDraft(event.currentTarget) } : {})}
    >
      {isResumed && state.attempt === 0 ? (
        <p className="notice noticeGood" role="status">
          {resumed}
        </p>
      ) : null}
      {state.message ? (
        <div
          className={`notice ${isGood ? 'noticeGood' : 'noticeBad'}`}
          role={isGood ? 'status' : 'alert'}
          tabIndex={-1}
          data-form-message
        >
          {state.isLinkSpent && linkSpent ? linkSpent : state.message}
        </div>
      ) : null}
      {Object.entries(hidden).map(([name, value]) => {
        // A form that was refused for its age comes back with a new stamp.
        const renewed = state.values[name];
        const current = typeof renewed === 'string' ? renewed : value;
        return <input key={`${name}:${current}`} type="hidden" name={name} value={current} />;
      })}
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
        {fields.map((field) => (
          <FormField
            key={field.name}
            field={field}
            id={`${id}${field.name}`}
            sent={state.values[field.name]}
            error={state.fieldErrors[field.name]}
          />
        ))}
      </div>
      {children}
      <button
        type="submit"
        className={look ? looks[look] : 'button'}
        aria-disabled={isPending}
        onClick={(event) => isPending && event.preventDefault()}
      >
        {submit}
      </button>
    </form>
  );
};

type Sent = string | string[] | undefined;

/** A field with its label, hint and error; `sent` is what was typed before, to be shown again. */
export const FormField = ({
  field,
  id,
  sent,
  error,
}: {
  field: Field;
  id: string;
  sent: Sent;
  error: string | undefined;
}) => {
  if (field.type === 'checkboxes')
    return <Checkboxes field={field} id={id} chosen={sent ?? field.chosen} error={error} />;
  const value = typeof sent === 'string' ? sent : (field.value ?? '');
  if (field.type === 'radios') return <Radios field={field} id={id} value={value} error={error} />;
  return (
    <div className="field">
      <label htmlFor={id}>{field.label}</label>
      <Control field={field} id={id} value={value} error={error} />
      <Notes id={id} hint={field.hint} error={error} />
    </div>
  );
};

const describedBy = (id: string, hint: string | undefined, error: string | undefined) => {
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ');
  return { ...(described ? { 'aria-describedby': described } : {}), ...(error ? { 'aria-invalid': true } : {}) };
};

const Notes = ({ id, hint, error }: { id: string; hint: string | undefined; error: string | undefined }) => (
  <>
    {hint ? (
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    ) : null}
    {error ? (
      <p id={`${id}-error`} className="fieldError">
        {error}
      </p>
    ) : null}
  </>
);

const Control = ({
  field,
  id,
  value,
  error,
}: {
  field: TextField | TextArea | Select;
  id: string;
  value: string;
  error: string | undefined;
}) => {
  const described = describedBy(id, field.hint, error);
  if (field.type === 'select') {
    return (
      <select
        id={id}
        name={field.name}
        className="select"
        defaultValue={value}
        required={!field.isOptional}
        {...described}
      >
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.type === 'textarea') {
    const { type, label, hint, value: first, isOptional, ...attributes } = field;
    return (
      <textarea
        id={id}
        className={`input ${styles.area}`}
        required={!isOptional}
        defaultValue={value}
        {...attributes}
        {...described}
      />
    );
  }
  const { label, hint, value: first, isOptional, ...attributes } = field;
  return (
    <input
      id={id}
      className="input"
      required={!isOptional}
      defaultValue={value}
      {...attributes}
      {...described}
      {...(field.type === 'email' || field.type === 'url' ? { inputMode: field.type, spellCheck: false } : {})}
    />
  );
};

const Radios = ({
  field,
  id,
  value,
  error,
}: {
  field: RadioGroup;
  id: string;
  value: string;
  error: string | undefined;
}) => (
  <fieldset className={styles.group}>
    <legend className="legend">{field.label}</legend>
    <div className={styles.row}>
      {field.options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={field.name}
            value={option.value}
            defaultChecked={option.value === value}
            required
            {...describedBy(id, field.hint, error)}
          />
          {option.label}
        </label>
      ))}
    </div>
    <Notes id={id} hint={field.hint} error={error} />
  </fieldset>
);

const Checkboxes = ({
  field,
  id,
  chosen,
  error,
}: {
  field: CheckboxGroup;
  id: string;
  chosen: Sent;
  error: string | undefined;
}) => (
  <fieldset
    id={id}
    tabIndex={-1}
    className={styles.group}
    aria-describedby={describedBy(id, field.hint, error)['aria-describedby']}
  >
    <legend className="legend">{field.legend}</legend>
    <Notes id={id} hint={field.hint} error={error} />
    {field.options.map(({ value, label, hint }) => (
      <label key={value} className={styles.option}>
        <input type="checkbox" name={field.name} value={value} defaultChecked={chosen?.includes(value) ?? false} />
        <span>
          {label}
          {hint ? <span className={styles.optionHint}>{hint}</span> : null}
        </span>
      </label>
    ))}
  </fieldset>
);
