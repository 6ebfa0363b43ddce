import type { CollectionConfig } from 'payload';
import { isStaff } from '../../access/isStaff';
import { nobody } from '../../access/nobody';
import { staffOnly } from '../../access/staffOnly';

/**
 * A table that Convene's own SQL writes and staff may look at: nobody creates, changes or deletes its rows through
 * Payload, and no document locks are kept for it.
 */
export const systemCollection = (config: Omit<CollectionConfig, 'access' | 'lockDocuments'>): CollectionConfig => ({
  ...config,
  access: { read: staffOnly, create: nobody, update: nobody, delete: nobody },
  lockDocuments: false,
  disableDuplicate: true,
  admin: {
    group: 'System',
    hideAPIURL: true,
    ...config.admin,
    hidden: ({ user }) => !isStaff({ roles: user['roles'], twoFactorSince: user['twoFactorSince'] }),
  },
});
