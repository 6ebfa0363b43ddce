import { APIError, type FieldHook } from 'payload';
import { z } from 'zod';
import type { Media } from '../../payload-types';

/** What a picture is called that nobody has described yet: Payload takes none without a description. */
export const UNDESCRIBED = '(no description yet)';

const MAX_LENGTH = 300;
/** More than a gallery holds: of what has left it a text may stay. */
const MAX_TEXTS = 60;

/** What the pictures of a listing show, by the number of each, as its owner says. */
const pictureTextsSchema = z
  .record(z.string().regex(/^\d{1,10}$/), z.string().max(MAX_LENGTH))
  .refine((texts) => Object.keys(texts).length <= MAX_TEXTS);

/** For Payload: true, or what is wrong. */
export const validatePictureTexts = (value: unknown): true | string =>
  value === null || value === undefined || pictureTextsSchema.safeParse(value).success
    ? true
    : `A text of at most ${MAX_LENGTH} characters for the number of each picture: {"12": "The hall"}.`;

/** Payload validates no drafts. */
export const checkPictureTexts: FieldHook = ({ value }) => {
  const verdict = validatePictureTexts(value);
  if (verdict !== true) throw new APIError(verdict, 400, undefined, true);
  return value;
};

export const pictureTextsOf = (gallery: { id: number; alt: string }[]): Record<string, string> =>
  Object.fromEntries(gallery.map(({ id, alt }) => [String(id), alt]));

/**
 * What a picture shows: by the listing it stands in, whose draft may say it otherwise than what is live; else by itself.
 * Empty where nobody has said it.
 */
export const pictureText = (
  { pictureTexts }: { pictureTexts?: unknown },
  { id, alt }: Pick<Media, 'id' | 'alt'>,
): string => pictureTextsSchema.safeParse(pictureTexts).data?.[String(id)] || (alt === UNDESCRIBED ? '' : alt);
