import pino from 'pino';
import { env } from '@/env';

/** JSON in production, for people in development. Addresses, tokens and cookies are never logged. */
export const logger = pino({
  name: 'frontend',
  level: env.LOG_LEVEL,
  redact: ['email', 'token', 'password', '*.email', '*.token', '*.password', 'headers.authorization', 'headers.cookie'],
  ...(env.isProduction || env.LOG_LEVEL === 'silent'
    ? {}
    : { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname,name' } } }),
});
