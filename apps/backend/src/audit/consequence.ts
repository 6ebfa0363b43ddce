import type { PayloadRequest } from 'payload';

const KEY = 'auditConsequences';

/**
 * Runs what follows from something that is in the audit trail already: an account that is verified by the decision
 * about its request is no action of its own.
 */
export const asConsequence = async <T>(req: PayloadRequest, work: () => Promise<T>): Promise<T> => {
  const isInner = req.context[KEY] === true;
  req.context[KEY] = true;
  try {
    return await work();
  } finally {
    if (!isInner) delete req.context[KEY];
  }
};

export const isConsequence = (req: PayloadRequest): boolean => req.context[KEY] === true;
