import type { CollectionBeforeChangeHook } from 'payload';
import type { ContactMessage, Report } from '../../payload-types';

/** When and by whom a report or a letter was closed; opened again, it waits as before. */
export const stampCase: CollectionBeforeChangeHook<Report | ContactMessage> = ({
  data,
  originalDoc,
  operation,
  req,
}) => {
  if (operation === 'create' || !data.status || data.status === originalDoc?.status) return data;
  const isClosed = data.status !== 'open';
  return {
    ...data,
    decidedAt: isClosed ? new Date().toISOString() : null,
    decidedBy: isClosed ? (req.user?.id ?? null) : null,
  };
};
