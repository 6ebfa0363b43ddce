import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload';

const KEY = 'resetsPassword';

/** Lets the hooks of the sign-in that a reset ends with know it for what it is. */
export const markPasswordReset: CollectionBeforeOperationHook<'users'> = ({ args, operation, req }) => {
  if (operation === 'resetPassword') req.context[KEY] = true;
  return args;
};

export const resetsPassword = (req: PayloadRequest): boolean => req.context[KEY] === true;
