import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const targetSchema = z.object({ expr: z.string() });
const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      targets: z.array(targetSchema).default([]),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
    }),
  ),
});
const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string().min(1), action: z.string().min(1) }),
        }),
      ),
    }),
  ),
});

const sourceFiles = (folder: string): string[] =>
  readdirSync(path.join(root, folder)).flatMap((name) => {
    const file = path.join(folder, name);
    if (name === 'node_modules' || name.startsWith('.')) return [];
    if (statSync(path.join(root, file)).isDirectory()) return sourceFiles(file);
    return /\.ts$/.test(name) && !/\.test\.ts$/.test(name) ? [file] : [];
  });

/** Names of the instruments that the apps make, with what Prometheus appends to those of a histogram. */
const madeNames = (): Set<string> => {
  const names = ['apps/backend/src/metrics', 'apps/worker/src', 'apps/frontend/lib/metrics'].flatMap((folder) =>
    sourceFiles(folder).flatMap((file) =>
      [...read(file).matchAll(/'(convene_[a-z_]+)'/g)].map(([, name = '']) => name),
    ),
  );
  return new Set(names.flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]));
};

const asked = (expr: string): string[] => expr.match(/convene_[a-z_]+/g) ?? [];

describe('what watches the apps asks for metrics that they make', () => {
  const made = madeNames();

  it('the dashboard', () => {
    const { panels } = dashboardSchema.parse(JSON.parse(read('docs/observability/grafana.json')));
    const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(20);
    for (const name of expressions.flatMap(asked)) expect([...made]).toContain(name);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { title, gridPos } of panels) expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
  });

  it('the alert rules, each with what to do', () => {
    const rules = rulesSchema
      .parse(parse(read('docs/observability/alerts.yml')))
      .groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(8);
    for (const name of rules.flatMap(({ expr }) => asked(expr))) expect([...made]).toContain(name);
  });
});
