import { type DestinationStream, type Logger, pino } from 'pino';
import type { WorkerEnv } from './env';

export type { Logger };

/** Structured logs: JSON in production, readable on a terminal elsewhere. Never an address or a token. */
export const createLogger = (
  env: Pick<WorkerEnv, 'NODE_ENV' | 'LOG_LEVEL'>,
  destination?: DestinationStream,
): Logger => {
  const options = {
    level: env.LOG_LEVEL,
    base: { app: 'worker' },
    // A second line behind the rule that none of these is passed to a log call.
    redact: { paths: ['email', 'recipient', 'token', '*.email', '*.recipient', '*.token'], censor: '[hidden]' },
  };
  if (destination) return pino(options, destination);
  if (env.NODE_ENV !== 'development') return pino(options);
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname,app', translateTime: 'HH:MM:ss' } },
  });
};
