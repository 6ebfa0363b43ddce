import { ConveneError } from '@convene/common/errors';

/** Is it an error of the backend's, or that it is away? */
export const isConveneError = (error: unknown): error is ConveneError => error instanceof ConveneError;

/** Is it the backend that is away, not the visitor who did something wrong? */
export const isUnavailable = (error: unknown): boolean => isConveneError(error) && error.code === 'unavailable';
