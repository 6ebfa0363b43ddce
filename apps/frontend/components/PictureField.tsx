'use client';

import { type ChangeEvent, useEffect, useState } from 'react';
import styles from './PictureForm.module.css';

/** Chooses an image and shows it as it will look; without script it is a file field like any other. */
export const PictureField = ({ label, hint, preview }: { label: string; hint: string; preview: string }) => {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  const show = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    setUrl(file?.type.startsWith('image/') ? URL.createObjectURL(file) : null);
  };
  return (
    <div className="field">
      <label htmlFor="picture-file">{label}</label>
      <input
        id="picture-file"
        className="input"
        type="file"
        name="picture"
        accept="image/jpeg,image/png,image/webp,image/avif"
        aria-describedby="picture-hint"
        onChange={show}
      />
      <p id="picture-hint" className="hint">
        {hint}
      </p>
      {url ? <img src={url} alt={preview} className={styles.picture} data-preview /> : null}
    </div>
  );
};
