import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DCLinter } from 'dclint';
import { describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { loadAppShapes } from './appShapes';
import { filledFrom, readCompose } from './composeFiles';
import { parseEnvExample } from './envExample';

const root = path.resolve(import.meta.dirname, '..');

const serviceSchema = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).loose().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z
    .object({ test: z.array(z.string()) })
    .loose()
    .optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

const base = 'docker-compose.yml';
const overlay = 'docker-compose.production.yml';
const read = async (...files: string[]) => composeSchema.parse(await readCompose(...files));

/** What a service is not given, and why. */
const notHandedOn: Record<string, string> = {
  DATABASE_DIRECT_URL: 'no pooler is between the apps and Postgres',
  REDIS_HOST: 'UPSTASH_REDIS_URL says where Redis is',
  REDIS_PORT: 'as above',
  REDIS_PASSWORD: 'as above',
  MEDIA_DIR: 'the image sets it',
  CONVENE_DATA_DIR: 'the image sets it',
};

const filled = (environment: Record<string, string>, variables: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledFrom(variables)(value)]));

/** As an app's production start reads it. */
const parsersOfApps = async () => {
  const example = parseEnvExample(await readFile(path.join(root, '.env.example'), 'utf8'));
  for (const [name, value] of Object.entries(example)) vi.stubEnv(name, value);
  const { parseBackendEnv } = await import('../apps/backend/src/env');
  const { parseWorkerEnv } = await import('../apps/worker/src/env');
  const { parseFrontendEnv } = await import('../apps/frontend/env');
  return { backend: parseBackendEnv, migrate: parseBackendEnv, worker: parseWorkerEnv, frontend: parseFrontendEnv };
};

describe.each([[[base]], [[base, overlay]]])('%s', (files) => {
  it('names services, volumes and Dockerfiles that exist', async () => {
    const { services, volumes } = await read(...files);
    for (const [name, service] of Object.entries(services)) {
      expect(service.image ?? service.build, name).toBeDefined();
      if (service.build) expect(existsSync(path.join(root, service.build.dockerfile)), name).toBe(true);
      for (const dependency of Object.keys(service.depends_on)) expect(services).toHaveProperty(dependency);
      for (const volume of service.volumes) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('.')) expect(existsSync(path.join(root, source)), source).toBe(true);
        else expect(volumes).toHaveProperty(source);
      }
    }
  });

  it('checks the health of every service that runs on', async () => {
    const { services } = await read(...files);
    for (const [name, service] of Object.entries(services)) {
      if (name === 'migrate') continue;
      const dockerfile = service.build ? await readFile(path.join(root, service.build.dockerfile), 'utf8') : '';
      expect(Boolean(service.healthcheck) || dockerfile.includes('HEALTHCHECK'), name).toBe(true);
    }
  });

  it('is a compose file by the published schema', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'convene-compose-'));
    try {
      const file = path.join(folder, 'docker-compose.yml');
      await writeFile(file, stringify(await readCompose(...files)));
      const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
      const messages = linter.lintFiles([file], false).flatMap((result) => result.messages);
      expect(messages.filter(({ rule }) => rule.startsWith('invalid-'))).toEqual([]);
      // The schema is looked at at all.
      await writeFile(file, 'services: { a: { image: 1 } }');
      expect(linter.lintFiles([file], false)[0]?.messages.some(({ rule }) => rule === 'invalid-schema')).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe(base, () => {
  it('listens for this machine alone: its secrets are known to everybody', async () => {
    const { services } = await read(base);
    const ports = Object.values(services).flatMap((service) => service.ports);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('gives each app an environment that its production start accepts', async () => {
    const { services } = await read(base);
    for (const [name, parseEnvironment] of Object.entries(await parsersOfApps())) {
      const environment = filled(services[name]?.environment ?? {});
      expect(environment['NODE_ENV'], name).toBe('production');
      expect(parseEnvironment(environment), name).toMatchObject({ NODE_ENV: 'production' });
    }
  });
});

describe(overlay, () => {
  const settings = {
    FRONTEND_HOST: 'convene.example',
    BACKEND_HOST: 'backend.convene.example',
    POSTGRES_PASSWORD: 'a1b2c3',
    PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_URL: 'https://counters.upstash.io',
    PAYLOAD_PRIVATE_UPSTASH_REDIS_REST_TOKEN: 'token-of-the-counters',
    RESEND_API_KEY: 're_key',
    RESEND_WEBHOOK_SECRET: 'whsec_Y29tcG9zZS13ZWJob29rLXNlY3JldC1mb3ItdGhpcy1tYWNoaW5l',
    EMAIL_FROM: 'Convene <hello@convene.example>',
    ...Object.fromEntries(
      ['PAYLOAD_SECRET', 'SERVICE_TOKEN', 'JOBS_SECRET', 'UNSUBSCRIBE_SECRET', 'SESSION_SECRET', 'METRICS_TOKEN'].map(
        (name) => [name, `${name}-that-is-long-enough-for-anybody`],
      ),
    ),
  };
  const running = async () => {
    const { services } = await read(base, overlay);
    return Object.entries(services).filter(([, { profiles }]) => profiles.length === 0);
  };

  it('shows nothing but the proxy, and starts nothing of a developer machine', async () => {
    const services = await running();
    expect(services.map(([name]) => name).toSorted()).toEqual(
      ['backend', 'frontend', 'migrate', 'postgres', 'proxy', 'worker'].toSorted(),
    );
    for (const [name, { ports, depends_on }] of services) {
      if (name !== 'proxy') expect(ports, name).toEqual([]);
      for (const dependency of Object.keys(depends_on)) {
        expect(
          services.map(([other]) => other),
          `${name} waits for it`,
        ).toContain(dependency);
      }
    }
  });

  it('hardens what we built', async () => {
    for (const [name, { build, read_only, cap_drop }] of await running()) {
      if (build) expect({ name, read_only, cap_drop }).toEqual({ name, read_only: true, cap_drop: ['ALL'] });
    }
  });

  it('gives each app an environment that its production start accepts, with the settings of the guide', async () => {
    const services = Object.fromEntries(await running());
    for (const [name, parseEnvironment] of Object.entries(await parsersOfApps())) {
      const environment = filled(services[name]?.environment ?? {}, settings);
      expect(parseEnvironment(environment), name).toMatchObject({
        NODE_ENV: 'production',
        FRONTEND_URL: 'https://convene.example',
        BACKEND_URL: 'https://backend.convene.example',
      });
      // Nothing that everybody knows, which the file below gives a developer's machine.
      expect(JSON.stringify(environment), name).not.toContain('compose-');
    }
  });

  it('hands on every variable of .env.example that its app reads', async () => {
    const services = Object.fromEntries(await running());
    const example = parseEnvExample(await readFile(path.join(root, '.env.example'), 'utf8'));
    for (const [name, value] of Object.entries(example)) vi.stubEnv(name, value);
    const lost = Object.entries(await loadAppShapes()).flatMap(([app, shape]) =>
      Object.keys(shape)
        .filter((name) => !Object.hasOwn(notHandedOn, name) && !(name in (services[app]?.environment ?? {})))
        .map((name) => `${app}: ${name}`),
    );
    expect(lost).toEqual([]);
  });

  it('asks by name for what is missing', async () => {
    const { services } = await read(base, overlay);
    for (const name of Object.keys(settings).filter((variable) => variable !== 'RESEND_WEBHOOK_SECRET')) {
      const { [name as keyof typeof settings]: _, ...others } = settings;
      const fill = () => Object.values(services).map(({ environment }) => filled(environment, others));
      expect(fill, name).toThrow(`${name} is`);
    }
  });
});
