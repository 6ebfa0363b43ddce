'use client';

import { useEffect, useId, useRef, useState } from 'react';
import styles from './PictureList.module.css';

export type Picture = { id: number; alt: string; url: string; width: number; height: number };

export type PictureTexts = {
  title: string;
  add: string;
  hint: string;
  alt: string;
  altHint: string;
  cover: string;
  /** With {name}: the picture's description or number. */
  earlier: string;
  later: string;
  remove: string;
  removed: string;
  uploading: string;
  uploaded: string;
  errors: {
    type: string;
    size: string;
    many: string;
    content: string;
    tooOften: string;
    signedOut: string;
    failed: string;
  };
};

type Upload = { key: number; name: string; percent: number; error: string | null };

const ACCEPTED = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];
/** As the backend has it. */
const MAX_BYTES = 12_000_000;
const MAX_PICTURES = 20;

const isPicture = (value: unknown): value is Picture =>
  typeof value === 'object' && value !== null && 'id' in value && 'url' in value && 'alt' in value;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's own error page is no answer of ours.
    return null;
  }
};

const errorOfStatus = (status: number, errors: PictureTexts['errors']): string => {
  if (status === 413) return errors.size;
  if (status === 415) return errors.type;
  if (status === 400) return errors.content;
  if (status === 401) return errors.signedOut;
  return status === 429 ? errors.tooOften : errors.failed;
};

/** Sends one file; tells how far it is. Fetch can't tell that, so this is the older way. */
const send = (
  file: File,
  { errors, onProgress }: { errors: PictureTexts['errors']; onProgress: (percent: number) => void },
): Promise<Picture> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/account/listings/uploads');
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100));
    request.onerror = () => reject(new Error(errors.failed));
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status === 201 && isPicture(answer)) resolve(answer);
      else reject(new Error(errorOfStatus(request.status, errors)));
    };
    const form = new FormData();
    form.set('file', file);
    request.send(form);
  });

/** The pictures of a listing: added with their progress told, described, put in order, taken out. */
export const PictureList = ({
  initial,
  texts,
  error,
  onChange,
  onBusy,
}: {
  initial: Picture[];
  texts: PictureTexts;
  error: string | undefined;
  onChange: () => void;
  onBusy: (isBusy: boolean) => void;
}) => {
  const [pictures, setPictures] = useState(initial);
  const [uploads, setUploads] = useState<Upload[]>([]);
  const [said, setSaid] = useState('');
  const nextKey = useRef(0);
  const list = useRef<HTMLUListElement>(null);
  /** What takes the focus once it is shown: the first of these that is there. */
  const focusNext = useRef<string[]>([]);
  const hintId = useId();
  const isBusy = uploads.some((upload) => upload.error === null);

  useEffect(() => onBusy(isBusy), [isBusy, onBusy]);
  useEffect(() => {
    const wanted = focusNext.current;
    focusNext.current = [];
    const found = wanted.map((selector) => list.current?.querySelector<HTMLElement>(selector));
    found.find((element) => element)?.focus();
  });

  const update = (key: number, change: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));

  const upload = async (file: File, refusal: string | null): Promise<void> => {
    nextKey.current += 1;
    const key = nextKey.current;
    setUploads((all) => [...all, { key, name: file.name, percent: 0, error: refusal }]);
    if (refusal) return;
    try {
      const picture = await send(file, { errors: texts.errors, onProgress: (percent) => update(key, { percent }) });
      setPictures((all) => [...all, picture]);
      setUploads((all) => all.filter((entry) => entry.key !== key));
      setSaid(texts.uploaded.replace('{name}', file.name));
      onChange();
    } catch (problem) {
      update(key, { error: problem instanceof Error ? problem.message : texts.errors.failed });
    }
  };

  const add = async (files: File[]): Promise<void> => {
    const running = uploads.filter(({ error: problem }) => problem === null);
    // What is still on its way keeps its row.
    setUploads((all) => all.filter(({ error: problem }) => problem === null));
    let free = MAX_PICTURES - pictures.length - running.length;
    // One after the other, so that they stand in the order in which they were chosen.
    for (const file of files) {
      const refusal = !ACCEPTED.includes(file.type)
        ? texts.errors.type
        : file.size > MAX_BYTES
          ? texts.errors.size
          : free <= 0
            ? texts.errors.many
            : null;
      if (!refusal) free -= 1;
      await upload(file, refusal);
    }
  };

  const move = (index: number, by: -1 | 1) => {
    const other = pictures[index + by];
    const picture = pictures[index];
    if (!picture || !other) return;
    const moved = [...pictures];
    moved[index] = other;
    moved[index + by] = picture;
    setPictures(moved);
    focusNext.current = [`[data-move="${by}"]`, 'button'].map(
      (button) => `[data-picture="${picture.id}"] ${button}:not(:disabled)`,
    );
    onChange();
  };

  const remove = (index: number, name: string) => {
    setPictures(pictures.filter((_, at) => at !== index));
    setSaid(texts.removed.replace('{name}', name));
    const next = pictures[index + 1] ?? pictures[index - 1];
    if (next) focusNext.current = [`[data-picture="${next.id}"] [data-remove]`];
    onChange();
  };

  const describe = (index: number, alt: string) =>
    setPictures(pictures.map((picture, at) => (at === index ? { ...picture, alt } : picture)));

  return (
    <div className={styles.pictures} id="gallery" tabIndex={-1}>
      <input type="hidden" name="gallery" value={JSON.stringify(pictures.map(({ id, alt }) => ({ id, alt })))} />
      {error ? <p className="fieldError">{error}</p> : null}
      {pictures.length > 0 ? (
        <ul ref={list} className={styles.list}>
          {pictures.map((picture, index) => {
            const name = picture.alt || String(index + 1);
            const label = (text: string) => text.replace('{name}', name);
            const isFault = Boolean(error) && picture.alt.trim() === '';
            return (
              <li key={picture.id} className={styles.picture} data-picture={picture.id}>
                <div className={styles.frame}>
                  <img src={picture.url} width={picture.width} height={picture.height} alt="" />
                  {index === 0 ? <span className="tag">{texts.cover}</span> : null}
                </div>
                <div className={styles.about}>
                  <div className="field">
                    <label htmlFor={`alt-${picture.id}`}>
                      {texts.alt} <span className="visuallyHidden">{index + 1}</span>
                    </label>
                    <input
                      id={`alt-${picture.id}`}
                      className="input"
                      value={picture.alt}
                      maxLength={300}
                      autoComplete="off"
                      aria-describedby={hintId}
                      {...(isFault ? { 'aria-invalid': true } : {})}
                      onChange={(event) => describe(index, event.target.value)}
                    />
                  </div>
                  <div className={styles.steps}>
                    <button
                      type="button"
                      className="button buttonQuiet buttonSmall"
                      data-move="-1"
                      disabled={index === 0}
                      aria-label={label(texts.earlier)}
                      onClick={() => move(index, -1)}
                    >
                      ↑
                    </button>
                    <button
                      type="button"
                      className="button buttonQuiet buttonSmall"
                      data-move="1"
                      disabled={index === pictures.length - 1}
                      aria-label={label(texts.later)}
                      onClick={() => move(index, 1)}
                    >
                      ↓
                    </button>
                    <button
                      type="button"
                      className="button buttonQuiet buttonSmall"
                      data-remove
                      aria-label={label(texts.remove)}
                      onClick={() => remove(index, name)}
                    >
                      ✕
                    </button>
                  </div>
                </div>
              </li>
            );
          })}
        </ul>
      ) : null}
      {uploads.length > 0 ? (
        <ul className={styles.uploads}>
          {uploads.map(({ key, name, percent, error: problem }) => (
            <li key={key} className={styles.upload}>
              <span className={styles.file}>{name}</span>
              {problem ? (
                <span className="fieldError" role="alert">
                  {problem}
                </span>
              ) : (
                <progress max={100} value={percent} aria-label={texts.uploading.replace('{name}', name)} />
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="field">
        <label htmlFor="add-pictures">{texts.add}</label>
        <input
          id="add-pictures"
          type="file"
          accept={ACCEPTED.join(',')}
          multiple
          className={`input ${styles.chooser}`}
          aria-describedby={hintId}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            void add(files);
          }}
        />
        <p id={hintId} className="hint">
          {texts.hint} {texts.altHint}
        </p>
      </div>
      <p className="visuallyHidden" role="status">
        {said}
      </p>
    </div>
  );
};
