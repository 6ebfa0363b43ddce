import { z } from 'zod';

export const THEME_COOKIE = 'convene_theme';
export const themes = ['auto', 'light', 'dark'] as const;
export const themeSchema = z.enum(themes);
export type Theme = (typeof themes)[number];

/** The visitor's choice; `auto`, the device's own, where there is none. */
export const parseTheme = (value: unknown): Theme => themeSchema.catch('auto').parse(value);
