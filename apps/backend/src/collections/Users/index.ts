import { MAX_BIO_LENGTH } from '@convene/common/api';
import { locales, roles } from '@convene/common/listings';
import { optionalCategories } from '@convene/common/notifications';
import type { CollectionConfig, Field } from 'payload';
import { adminField } from '../../access/adminField';
import { adminOnly } from '../../access/adminOnly';
import { canUseAdmin } from '../../access/canUseAdmin';
import { hiddenFromOthers } from '../../access/hiddenFromOthers';
import { isAdmin } from '../../access/isAdmin';
import { nobodyField } from '../../access/nobodyField';
import { selfOrAdmin } from '../../access/selfOrAdmin';
import { selfOrStaff } from '../../access/selfOrStaff';
import { selfOrStaffField } from '../../access/selfOrStaffField';
import { staffField } from '../../access/staffField';
import { lockRow } from '../../hooks/beforeOperation/lockRow';
import { resetPasswordEndpoint } from './endpoints/resetPasswordEndpoint';
import { verifyEndpoint } from './endpoints/verifyEndpoint';
import { enqueueWelcomeEmail } from './hooks/afterChange/newUserWelcomeEmail';
import { notifyAccountDeleted } from './hooks/afterChange/notifyAccountDeleted';
import { notifyAdminNewUser } from './hooks/afterChange/notifyAdminNewUser';
import { notifyEmailChanged } from './hooks/afterChange/notifyEmailChanged';
import { notifyVerifiedByHand } from './hooks/afterChange/notifyVerifiedByHand';
import { hideAccountState } from './hooks/afterError/hideAccountState';
import { notifyPasswordReset } from './hooks/afterLogin/notifyPasswordReset';
import { notifyPasswordChanged } from './hooks/afterOperation/notifyPasswordChanged';
import { guardLastAdmin } from './hooks/beforeChange/guardLastAdmin';
import { guardRoles } from './hooks/beforeChange/guardRoles';
import { keepLastAdmin } from './hooks/beforeDelete/keepLastAdmin';
import { demandSecondFactor } from './hooks/beforeLogin/demandSecondFactor';
import { keepOthersWrites } from './hooks/beforeLogin/keepOthersWrites';
import { refuseSuspended } from './hooks/beforeLogin/refuseSuspended';
import { limitTries } from './hooks/beforeOperation/limitTries';
import { markPasswordReset } from './hooks/beforeOperation/markPasswordReset';
import { refuseOwnPassword } from './hooks/beforeOperation/refuseOwnPassword';
import { lockForLogout, lockForRefresh } from './hooks/lockAccount';
import { enqueueResetEmail } from './hooks/sendResetEmail';
import { welcomeAddedRoles } from './hooks/sendWelcomeEmail';

const DAY_SECONDS = 24 * 3_600;

const ownCode = { create: nobodyField, update: nobodyField };

/** A new address waits here until whoever reads its mail has confirmed it; of the token only its hash is kept. */
const pendingAddressFields: Field[] = [
  { name: 'pendingEmail', type: 'email', access: { ...ownCode, read: selfOrStaffField }, admin: { hidden: true } },
  { name: 'pendingEmailTokenHash', type: 'text', index: true, hidden: true, access: { ...ownCode, read: nobodyField } },
  { name: 'pendingEmailExpiresAt', type: 'date', hidden: true, access: { ...ownCode, read: nobodyField } },
];

/** Written by suspending alone, which ends the account's sessions and hides its listings. */
const suspensionFields: Field[] = [
  {
    name: 'suspendedAt',
    type: 'date',
    index: true,
    access: ownCode,
    admin: {
      position: 'sidebar',
      readOnly: true,
      date: { pickerAppearance: 'dayAndTime' },
      description: 'Shut out by staff since',
      condition: (data) => Boolean(data['suspendedAt']),
    },
  },
  {
    name: 'suspensionReason',
    type: 'textarea',
    maxLength: 2_000,
    access: { ...ownCode, read: staffField },
    admin: { position: 'sidebar', readOnly: true, condition: (data) => Boolean(data['suspendedAt']) },
  },
  {
    name: 'suspension',
    type: 'ui',
    admin: { position: 'sidebar', components: { Field: '/dashboards/users/Suspension#Suspension' } },
  },
];

export const Users: CollectionConfig = {
  slug: 'users',
  labels: { singular: 'User', plural: 'Users' },
  trash: true,
  // One account at a time: only so is each read, written and deleted while nobody else changes it, and the last admin seen.
  disableBulkEdit: true,
  disableBulkDelete: true,
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
    defaultColumns: ['displayName', 'email', 'roles', 'verification', 'suspendedAt', 'createdAt'],
    listSearchableFields: ['displayName', 'email'],
    description: 'Accounts. Roles are given by admins; an account is suspended on its page.',
    hidden: hiddenFromOthers,
    components: { beforeListTable: ['/dashboards/users/UserFilters#UserFilters'] },
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
    beforeOperation: [limitTries, refuseOwnPassword, markPasswordReset, lockForRefresh, lockRow('users')],
    beforeChange: [guardRoles, guardLastAdmin],
    beforeDelete: [keepLastAdmin],
    afterChange: [
      notifyAdminNewUser,
      welcomeAddedRoles,
      notifyEmailChanged,
      notifyVerifiedByHand,
      notifyAccountDeleted,
    ],
    beforeLogin: [refuseSuspended, demandSecondFactor, keepOthersWrites],
    afterLogout: [lockForLogout],
    afterLogin: [notifyPasswordReset],
    afterOperation: [notifyPasswordChanged],
    afterError: [hideAccountState],
  },
  endpoints: [verifyEndpoint, resetPasswordEndpoint],
  fields: [
    {
      name: 'email',
      type: 'email',
      required: true,
      unique: true,
      // A new address would have to be confirmed first.
      access: { read: selfOrStaffField, update: adminField },
    },
    {
      name: '_verified',
      type: 'checkbox',
      access: { read: selfOrStaffField, create: adminField, update: adminField },
      admin: { position: 'sidebar' },
      label: 'Address confirmed',
    },
    ...pendingAddressFields,
    // Beside what Payload says of it: nobody opens a session but by signing in.
    { name: 'sessions', type: 'array', access: ownCode, fields: [] },
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
      access: { read: selfOrStaffField },
      hasMany: true,
      required: true,
      saveToJWT: true,
      defaultValue: ['client'],
      options: [...roles],
    },
    {
      name: 'locale',
      type: 'select',
      access: { read: selfOrStaffField },
      required: true,
      defaultValue: 'en',
      options: [...locales],
    },
    {
      name: 'verification',
      type: 'select',
      required: true,
      defaultValue: 'none',
      options: ['none', 'pending', 'verified', 'rejected'],
      access: { create: staffField, update: staffField },
      admin: { position: 'sidebar', description: 'Has staff verified who this is?' },
    },
    ...suspensionFields,
    {
      name: 'notificationPreferences',
      type: 'group',
      access: { read: selfOrStaffField },
      admin: { description: 'Which mails this person wants. Account mails are always sent.' },
      fields: optionalCategories.map((category) => ({
        name: category,
        type: 'checkbox' as const,
        defaultValue: true,
      })),
    },
  ],
};
