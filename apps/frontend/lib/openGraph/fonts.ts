import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { processState } from '@/lib/processState';

type Font = { name: string; data: Buffer; weight: 500 | 700; style: 'normal' };

/** From the package that `next.config.ts` has copied beside the server. Latin and, for Romanian, extended Latin. */
const directory = 'node_modules/@fontsource/bricolage-grotesque/files';

const load = async (subset: 'latin' | 'latin-ext', weight: Font['weight']): Promise<Font> => ({
  name: subset === 'latin' ? 'Bricolage' : 'Bricolage Ext',
  data: await readFile(path.join(process.cwd(), directory, `bricolage-grotesque-${subset}-${weight}-normal.woff`)),
  weight,
  style: 'normal',
});

export const FONT_FAMILY = 'Bricolage, "Bricolage Ext"';

/** Read once per process. */
export const openGraphFonts = (): Promise<Font[]> =>
  processState('openGraphFonts', () =>
    Promise.all([load('latin', 500), load('latin', 700), load('latin-ext', 500), load('latin-ext', 700)]),
  );
