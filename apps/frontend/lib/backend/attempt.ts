import { isUnavailable } from './errors';

export type Attempt<T> = { isAvailable: true; value: T } | { isAvailable: false };

/** The value, or that the backend is away; any other error goes on. */
export const attempt = async <T>(read: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { isAvailable: true, value: await read() };
  } catch (error) {
    if (isUnavailable(error)) return { isAvailable: false };
    throw error;
  }
};
