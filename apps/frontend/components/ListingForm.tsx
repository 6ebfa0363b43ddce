'use client';

import type { RichText } from '@convene/common/richText';
import dynamic from 'next/dynamic';
import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react';
import { type FormState, initialFormState } from '@/lib/forms/state';
import { useLeaveGuard } from '@/lib/forms/useLeaveGuard';
import { type Field, FormField } from './ActionForm';
import type { EditorTexts } from './DescriptionEditor';
import styles from './ListingForm.module.css';
import { type Picture, PictureList, type PictureTexts } from './PictureList';

/** Comes with the form alone: no other page loads the editor. */
const DescriptionEditor = dynamic(() => import('./DescriptionEditor').then((module) => module.DescriptionEditor), {
  ssr: false,
  loading: () => <div className={styles.editorPlace} />,
});

export type FormSection = {
  id: string;
  title: string;
  lead?: string;
  fields: Field[];
  /** What stands below the fields. */
  widget?: 'description' | 'pictures' | 'point';
};

export type ListingFormTexts = {
  draft: string;
  preview: string;
  submit: string;
  submitNote: string;
  leave: string;
  /** Beside the news that somebody else has saved. */
  openSaved: string;
  overwrite: string;
  /** Beside the news that the session has ended. */
  signIn: string;
  needsScript: string;
  usePoint: string;
  editor: EditorTexts;
  pictures: PictureTexts;
};

type Props = {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  hidden: Record<string, string>;
  sections: FormSection[];
  description: RichText | null;
  pictures: Picture[];
  /** Centres of the cities, by id, as longitude and latitude. */
  points: Record<string, [number, number]>;
  /** Where the saved version is to be seen, should somebody else have saved. */
  savedHref: string | null;
  /** Where to sign in again, beside the form. */
  signInHref: string;
  texts: ListingFormTexts;
};

const wideFields = ['title', 'address'];

/**
 * The form of a listing. Keeps what was typed, names every field at fault above with a link to it, and warns before
 * unsaved changes are left behind.
 */
export const ListingForm = ({
  action,
  hidden,
  sections,
  description,
  pictures,
  points,
  savedHref,
  signInHref,
  texts,
}: Props): ReactNode => {
  const [state, send, isPending] = useActionState(action, initialFormState);
  const form = useRef<HTMLFormElement>(null);
  const [isDirty, setDirty] = useState(false);
  const [isUploading, setUploading] = useState(false);
  const [written, setWritten] = useState(description ? JSON.stringify(description) : '');
  const change = () => setDirty(true);
  const write = (text: string) => {
    setWritten(text);
    change();
  };
  useLeaveGuard((isDirty || isUploading) && !isPending, texts.leave);

  useEffect(() => {
    if (state.attempt > 0) form.current?.querySelector<HTMLElement>('[data-form-message]')?.focus();
  }, [state.attempt]);

  const labels = Object.fromEntries(
    sections.flatMap(({ fields }) =>
      fields.map((field) => [field.name, 'label' in field ? field.label : field.legend]),
    ),
  );
  const labelOf = (name: string): string =>
    labels[name] ?? (name === 'gallery' ? texts.pictures.title : name === 'description' ? texts.editor.label : name);
  return (
    <form
      ref={form}
      action={send}
      className={styles.form}
      noValidate={state.attempt > 0}
      onInput={change}
      aria-busy={isPending}
    >
      {state.message ? (
        <div className="notice noticeBad" role="alert" tabIndex={-1} data-form-message>
          <p>{state.message}</p>
          {Object.keys(state.fieldErrors).length > 0 ? (
            <ul className={styles.faults}>
              {Object.entries(state.fieldErrors).map(([name, error]) => (
                <li key={name}>
                  <a href={`#${name}`}>{labelOf(name)}</a>: {error}
                </li>
              ))}
            </ul>
          ) : null}
          {state.values['signedOut'] ? (
            <a href={signInHref} target="_blank" rel="noreferrer">
              {texts.signIn}
            </a>
          ) : null}
          {state.values['conflict'] ? (
            <div className={styles.conflict}>
              {savedHref ? (
                <a href={savedHref} target="_blank" rel="noreferrer">
                  {texts.openSaved}
                </a>
              ) : null}
              <label>
                <input type="checkbox" name="overwrite" value="1" /> {texts.overwrite}
              </label>
            </div>
          ) : null}
        </div>
      ) : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <noscript>
        <p className="notice">{texts.needsScript}</p>
      </noscript>
      {sections.map((section) => (
        <section key={section.id} className={styles.section} aria-labelledby={`section-${section.id}`}>
          <header className={styles.head}>
            <h2 id={`section-${section.id}`}>{section.title}</h2>
            {section.lead ? <p className="hint">{section.lead}</p> : null}
          </header>
          {/* A new key after each answer: React resets a sent form to its first values otherwise. */}
          <div key={state.attempt} className={styles.fields}>
            {section.fields.map((field) => (
              <div
                key={field.name}
                className={styles.cell}
                data-wide={field.type === 'textarea' || field.type === 'checkboxes' || wideFields.includes(field.name)}
              >
                <FormField
                  field={field}
                  id={field.name}
                  sent={state.values[field.name]}
                  error={state.fieldErrors[field.name]}
                />
              </div>
            ))}
          </div>
          {section.widget === 'point' ? <PointButton points={points} label={texts.usePoint} onUse={change} /> : null}
          {section.widget === 'description' ? (
            <>
              {/* Here, so that the text is sent too where its editor is not there yet, or never. */}
              <input type="hidden" name="description" value={written} />
              <DescriptionEditor
                initial={description}
                texts={texts.editor}
                error={state.fieldErrors['description']}
                onChange={write}
              />
            </>
          ) : null}
          {section.widget === 'pictures' ? (
            <PictureList
              initial={pictures}
              texts={texts.pictures}
              error={state.fieldErrors['gallery']}
              onChange={change}
              onBusy={setUploading}
            />
          ) : null}
        </section>
      ))}
      <div className={styles.bar}>
        <p className="hint">{texts.submitNote}</p>
        <div className={styles.buttons}>
          {(['draft', 'preview', 'submit'] as const).map((intent) => (
            <button
              key={intent}
              type="submit"
              name="intent"
              value={intent}
              className={intent === 'submit' ? 'button' : 'button buttonQuiet'}
              aria-disabled={isPending || isUploading}
              onClick={(event) => (isPending || isUploading) && event.preventDefault()}
            >
              {texts[intent]}
            </button>
          ))}
        </div>
      </div>
    </form>
  );
};

/** Fills the coordinates in from the city that is chosen. */
const PointButton = ({
  points,
  label,
  onUse,
}: {
  points: Record<string, [number, number]>;
  label: string;
  onUse: () => void;
}) => (
  <button
    type="button"
    className={`button buttonQuiet buttonSmall ${styles.point}`}
    onClick={(event) => {
      const fieldOf = (name: string) => event.currentTarget.form?.elements.namedItem(name);
      const city = fieldOf('cityId');
      const [longitude, latitude] = [fieldOf('longitude'), fieldOf('latitude')];
      const point = city instanceof HTMLSelectElement ? points[city.value] : undefined;
      if (!point || !(longitude instanceof HTMLInputElement) || !(latitude instanceof HTMLInputElement)) return;
      longitude.value = String(point[0]);
      latitude.value = String(point[1]);
      onUse();
    }}
  >
    {label}
  </button>
);
