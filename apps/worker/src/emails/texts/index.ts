import type { Locale } from '@convene/common';
import { en } from './en/index';
import { ro } from './ro/index';

/** What every language has to say. */
export type MailTexts = typeof en;

/** A catalogue for each language of the product. */
export const mailTexts: Record<Locale, MailTexts> = { en, ro };
