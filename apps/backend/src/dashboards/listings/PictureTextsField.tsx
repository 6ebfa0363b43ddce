'use client';

import { FieldDescription, TextInput, useField, useFormFields } from '@payloadcms/ui';
import type { JSONFieldClientComponent } from 'payload';
import styles from './PictureTextsField.module.css';

/** A picture of the gallery as Payload's form holds it: its number, or the image. */
const numberOf = (picture: unknown): number | null => {
  if (typeof picture === 'number') return picture;
  const id = typeof picture === 'object' && picture !== null && 'id' in picture ? picture.id : null;
  return typeof id === 'number' ? id : null;
};

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

/** What each picture of the gallery shows. (Payload's own editor of JSON comes from another host.) */
export const PictureTextsField: JSONFieldClientComponent = ({ field, path, readOnly }) => {
  const { value, setValue, disabled } = useField<unknown>({ path });
  const gallery = useFormFields(([fields]) => fields['gallery']?.value);
  const pictures = (Array.isArray(gallery) ? gallery : []).map(numberOf).filter((id) => id !== null);
  const texts = textsOf(value);
  if (pictures.length === 0) return null;
  return (
    <fieldset className={styles['texts']}>
      <legend>{typeof field.label === 'string' ? field.label : field.name}</legend>
      {pictures.map((id, at) => (
        <TextInput
          key={id}
          path={`${path}-${id}`}
          label={`Picture ${at + 1}`}
          value={texts[id] ?? ''}
          readOnly={Boolean(readOnly || disabled)}
          onChange={({ target }: { target: { value: string } }) => setValue({ ...texts, [id]: target.value })}
        />
      ))}
      <FieldDescription path={path} description={field.admin?.description} />
    </fieldset>
  );
};
