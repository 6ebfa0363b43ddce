import type { AfterErrorHook } from 'payload';
import { isBrokenForm, UNREADABLE } from '../../utils/brokenForm';

/** A form that can't be read is the sender's mistake, where Payload takes it for ours. */
export const refuseBrokenForm: AfterErrorHook = ({ error, req }) =>
  isBrokenForm(error, req.headers) ? { status: 400, response: { errors: [{ message: UNREADABLE }] } } : undefined;
