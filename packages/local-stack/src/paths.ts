import path from 'node:path';

/** The root of the repository that this package lies in. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../../..');

/** Where a developer's services keep their data: `CONVENE_DATA_DIR`, else `.data` in the repository. */
export const defaultDataDirectory = (source: Record<string, string | undefined> = process.env): string =>
  source['CONVENE_DATA_DIR']
    ? path.resolve(repositoryRoot, source['CONVENE_DATA_DIR'])
    : path.join(repositoryRoot, '.data');
