import { MAX_BIO_LENGTH } from '@convene/common/api';
import { locales, roles } from '@convene/common/listings';
import { optionalCategories } from '@convene/common/notifications';
import type { CollectionConfig, Field } from 'payload';
import { adminField } from '../../access/adminField';
import { adminOnly } from '../../access/adminOnly';
import { canUseAdmin } from '../../access/canUseAdmin';
import { isAdmin } from '../../access/isAdmin';
import { nobodyField } from '../../access/nobodyField';
import { selfOrAdmin } from '../../access/selfOrAdmin';
import { selfOrStaff } from '../../access/selfOrStaff';
import { staffField } from '../../access/staffField';
import { verifyEndpoint } from './endpoints/verifyEndpoint';
import { enqueueWelcomeEmail } from './hooks/afterChange/newUserWelcomeEmail';
import { notifyAccountDeleted } from './hooks/afterChange/notifyAccountDeleted';
import { notifyAdminNewUser } from './hooks/afterChange/notifyAdminNewUser';
import { notifyEmailChanged } from './hooks/afterChange/notifyEmailChanged';
import { hideAccountState } from './hooks/afterError/hideAccountState';
import { notifyPasswordReset } from './hooks/afterLogin/notifyPasswordReset';
import { notifyPasswordChanged } from './hooks/afterOperation/notifyPasswordChanged';
import { guardRoles } from './hooks/beforeChange/guardRoles';
import { demandSecondFactor } from './hooks/beforeLogin/demandSecondFactor';
import { keepOthersWrites } from './hooks/beforeLogin/keepOthersWrites';
import { markPasswordReset } from './hooks/beforeOperation/markPasswordReset';
import { lockForLogout, lockForRefresh } from './hooks/lockAccount';
import { enqueueResetEmail } from './hooks/sendResetEmail';
import { welcomeAddedRoles } from './hooks/sendWelcomeEmail';

const DAY_SECONDS = 24 * 3_600;

const ownCode = { create: nobodyField, update: nobodyField };

/** A new address waits here until whoever reads its mail has confirmed it; of the token only its hash is kept. */
const pendingAddressFields: Field[] = [
  { name: 'pendingEmail', type: 'email', access: ownCode, admin: { hidden: true } },
  { name: 'pendingEmailTokenHash', type: 'text', index: true, hidden: true, access: { ...ownCode, read: nobodyField } },
  { name: 'pendingEmailExpiresAt', type: 'date', hidden: true, access: { ...ownCode, read: nobodyField } },
];

export const Users: CollectionConfig = {
  slug: 'users',
  labels: { singular: 'User', plural: 'Users' },
  trash: true,
  auth: {
    tokenExpiration: 7 * DAY_SECONDS,
    maxLoginAttempts: 8,
    lockTime: 10 * 60 * 1_000,
    cookies: { sameSite: 'Lax' },
    // The mail is an outbox row; what these return is handed to an adapter that sends nothing.
    verify: { generateEmailHTML: enqueueWelcomeEmail },
    forgotPassword: { expiration: 3_600_000, generateEmailHTML: enqueueResetEmail },
  },
  admin: {
    group: 'People',
    useAsTitle: 'displayName',
    defaultColumns: ['displayName', 'email', 'roles', 'createdAt'],
  },
  access: {
    admin: canUseAdmin,
    create: adminOnly,
    read: selfOrStaff,
    update: selfOrAdmin,
    delete: adminOnly,
    unlock: ({ req }) => isAdmin(req.user),
  },
  hooks: {
    beforeOperation: [markPasswordReset, lockForRefresh],
    beforeChange: [guardRoles],
    afterChange: [notifyAdminNewUser, welcomeAddedRoles, notifyEmailChanged, notifyAccountDeleted],
    beforeLogin: [demandSecondFactor, keepOthersWrites],
    afterLogout: [lockForLogout],
    afterLogin: [notifyPasswordReset],
    afterOperation: [notifyPasswordChanged],
    afterError: [hideAccountState],
  },
  endpoints: [verifyEndpoint],
  fields: [
    {
      name: 'email',
      type: 'email',
      required: true,
      unique: true,
      // A new address would have to be confirmed first.
      access: { update: adminField },
    },
    {
      name: '_verified',
      type: 'checkbox',
      access: { create: adminField, update: adminField },
      admin: { position: 'sidebar' },
      label: 'Address confirmed',
    },
    ...pendingAddressFields,
    { name: 'displayName', type: 'text', required: true, minLength: 2, maxLength: 80 },
    {
      name: 'bio',
      type: 'textarea',
      maxLength: MAX_BIO_LENGTH,
      admin: { description: 'Shown on the public profile.' },
    },
    {
      name: 'avatar',
      type: 'upload',
      relationTo: 'media',
      // Any other image could be named here; /api/account/avatar makes one of its own.
      access: ownCode,
      admin: { readOnly: true, position: 'sidebar' },
    },
    {
      name: 'twoFactorSince',
      type: 'date',
      // A trigger copies it from the table of the secrets, whatever is written here.
      access: ownCode,
      admin: { readOnly: true, position: 'sidebar', description: 'Since when signing in needs a second factor.' },
    },
    {
      name: 'roles',
      type: 'select',
      hasMany: true,
      required: true,
      saveToJWT: true,
      defaultValue: ['client'],
      options: [...roles],
    },
    { name: 'locale', type: 'select', required: true, defaultValue: 'en', options: [...locales] },
    {
      name: 'verification',
      type: 'select',
      required: true,
      defaultValue: 'none',
      options: ['none', 'pending', 'verified', 'rejected'],
      access: { create: staffField, update: staffField },
      admin: { position: 'sidebar', description: 'Has staff verified who this is?' },
    },
    {
      name: 'notificationPreferences',
      type: 'group',
      admin: { description: 'Which mails this person wants. Account mails are always sent.' },
      fields: optionalCategories.map((category) => ({
        name: category,
        type: 'checkbox' as const,
        defaultValue: true,
      })),
    },
  ],
};
