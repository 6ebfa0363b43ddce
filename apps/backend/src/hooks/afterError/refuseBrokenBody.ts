import type { AfterErrorHook } from 'payload';
import { BROKEN_BODY, isBrokenBody } from '../../utils/brokenBody';

/** A body that can't be read is the sender's mistake, where Payload takes it for ours. */
export const refuseBrokenBody: AfterErrorHook = ({ error, req }) =>
  isBrokenBody(error, req.headers) ? { status: 400, response: { errors: [{ message: BROKEN_BODY }] } } : undefined;
