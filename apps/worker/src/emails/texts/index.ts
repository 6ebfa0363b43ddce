import type { Locale } from '@convene/common';
import { en } from './en';
import { ro } from './ro';

/** What every language has to say. */
export type MailTexts = typeof en;

/** A catalogue for each language of the product. */
export const mailTexts: Record<Locale, MailTexts> = { en, ro };
