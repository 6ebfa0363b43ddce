import path from 'node:path';
import { type AppEnvironments, appEnvironments } from '../appEnvironment';
import type { LocalStack } from '../index';
import type { DevSecrets } from './secrets';
import type { DevSettings } from './settings';

/** Ours to decide in a development run, whatever a shell has exported. */
const fixed = new Set(['PORT', 'NODE_ENV']);

const withGiven = (computed: Record<string, string>, source: DevSettings['source']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(computed).map(([name, value]) => [name, fixed.has(name) ? value : source[name] || value]),
  );

const definedOnly = (source: DevSettings['source']): Record<string, string> =>
  Object.fromEntries(Object.entries(source).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** What each app is started with: the addresses of the stack, and what the developer has set on top. */
export const devEnvironments = (
  stack: LocalStack,
  { settings, secrets }: { settings: DevSettings; secrets: DevSecrets },
): AppEnvironments => {
  const { source, appPorts } = settings;
  const computed = appEnvironments({
    services: {
      databaseUrl: stack.databaseUrl,
      redis: { url: stack.redisUrl },
      upstash: stack.upstash,
      resend: stack.resend,
    },
    secrets,
    ports: appPorts,
    nodeEnv: 'development',
    mediaDirectory: path.join(stack.dataDirectory, 'media'),
  });
  const shared = {
    ...definedOnly(source),
    CONVENE_DATA_DIR: stack.dataDirectory,
    NEXT_TELEMETRY_DISABLED: '1',
    ...(process.stdout.isTTY && !process.env['NO_COLOR'] ? { FORCE_COLOR: '1' } : {}),
  };
  return {
    backend: { ...shared, ...withGiven(computed.backend, source) },
    worker: { ...shared, ...withGiven(computed.worker, source) },
    frontend: { ...shared, ...withGiven(computed.frontend, source) },
  };
};
