import { getTranslations } from 'next-intl/server';
import type { Field } from '@/components/ActionForm';
import { wallClockOf } from '@/lib/format/wallClock';

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 4 * QUARTER_MS;

/** From when to when, by the quarter of an hour and by the clock of that zone, not before the next hour. */
export const timeFields = async (timeZone: string): Promise<Field[]> => {
  const t = await getTranslations('book');
  const soon = Math.ceil((Date.now() + HOUR_MS) / QUARTER_MS) * QUARTER_MS;
  const field = (name: 'startsAt' | 'endsAt', at: number): Field => ({
    type: 'datetime-local',
    name,
    label: t(name),
    autoComplete: 'off',
    min: wallClockOf(new Date(at), timeZone),
    step: QUARTER_MS / 1_000,
    ...(name === 'startsAt' ? { hint: t('zone', { zone: timeZone.replaceAll('_', ' ') }) } : {}),
  });
  return [field('startsAt', soon), field('endsAt', soon + QUARTER_MS)];
};
