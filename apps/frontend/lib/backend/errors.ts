import type { ConveneError } from '@convene/common/errors';

/**
 * Is it an error of the backend's, or that it is away? Told by name: pages and routes are bundled apart, each with a
 * class of its own, and share the reads of one process.
 */
export const isConveneError = (error: unknown): error is ConveneError =>
  error instanceof Error && error.name === 'ConveneError' && 'code' in error;

/** Is it the backend that is away, not the visitor who did something wrong? */
export const isUnavailable = (error: unknown): boolean => isConveneError(error) && error.code === 'unavailable';
