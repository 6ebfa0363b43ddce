import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Endpoint, PayloadRequest } from 'payload';

const isThere = async (file: string): Promise<boolean> => {
  try {
    return (await stat(file)).isFile();
  } catch {
    // Whatever keeps it from being there: a name that no disk takes is none of a file.
    return false;
  }
};

/**
 * Payload's endpoint for files with what is not on the disk answered as not found: it takes that for a fault of the
 * server, and logs where it looked.
 */
export const findableFile = (endpoint: Omit<Endpoint, 'root'>, directory: string): Omit<Endpoint, 'root'> => ({
  ...endpoint,
  handler: async (req: PayloadRequest) => {
    const name = req.routeParams?.['filename'];
    if (typeof name === 'string' && (await isThere(path.resolve(directory, path.basename(name))))) {
      return endpoint.handler(req);
    }
    return Response.json({ errors: [{ message: req.t('general:notFound') }] }, { status: 404 });
  },
});
