import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
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
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

const read = async () =>
  composeSchema.parse(parse(await readFile(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true }));

/** `${NAME:-default}` as compose fills it where NAME is not set. */
const filled = (environment: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1')]),
  );

describe('docker-compose.yml', () => {
  it('names services, volumes and Dockerfiles that exist', async () => {
    const { services, volumes } = await read();
    expect(Object.keys(services).sort()).toEqual(
      ['backend', 'frontend', 'mailbox', 'migrate', 'postgres', 'redis', 'upstash-rest', 'worker'].sort(),
    );
    for (const [name, service] of Object.entries(services)) {
      expect(service.image ?? service.build, name).toBeDefined();
      if (service.build) expect(existsSync(path.join(root, service.build.dockerfile)), name).toBe(true);
      for (const dependency of Object.keys(service.depends_on)) expect(services).toHaveProperty(dependency);
      for (const volume of service.volumes) expect(volumes).toHaveProperty(volume.split(':')[0] ?? '');
    }
  });

  it('checks the health of every service that runs on', async () => {
    const { services } = await read();
    for (const [name, service] of Object.entries(services)) {
      if (name === 'migrate') continue;
      const dockerfile = service.build ? await readFile(path.join(root, service.build.dockerfile), 'utf8') : '';
      expect(Boolean(service.healthcheck) || dockerfile.includes('HEALTHCHECK'), name).toBe(true);
    }
  });

  it('listens for this machine alone: its secrets are known to everybody', async () => {
    const { services } = await read();
    const ports = Object.values(services).flatMap((service) => service.ports);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('gives each app an environment that its production start accepts', async () => {
    const example = parseEnvExample(await readFile(path.join(root, '.env.example'), 'utf8'));
    for (const [name, value] of Object.entries(example)) vi.stubEnv(name, value);
    const { services } = await read();
    const { parseBackendEnv } = await import('../apps/backend/src/env');
    const { parseWorkerEnv } = await import('../apps/worker/src/env');
    const { parseFrontendEnv } = await import('../apps/frontend/env');
    const parsers = {
      backend: parseBackendEnv,
      migrate: parseBackendEnv,
      worker: parseWorkerEnv,
      frontend: parseFrontendEnv,
    };
    for (const [name, parseEnvironment] of Object.entries(parsers)) {
      const environment = filled(services[name]?.environment ?? {});
      expect(environment['NODE_ENV'], name).toBe('production');
      expect(parseEnvironment(environment), name).toMatchObject({ NODE_ENV: 'production' });
    }
  });
});
