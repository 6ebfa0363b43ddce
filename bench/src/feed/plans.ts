import type { SqlExecutor } from '@convene/coordination';
import type { Pool } from 'pg';
import { z } from 'zod';

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] };
const planSchema: z.ZodType<Plan> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    Plans: z.array(planSchema).optional(),
  }),
);
const explainedSchema = z.array(
  z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planSchema, 'Execution Time': z.number() })]) }),
);

export type Explained = {
  statement: string;
  ms: number;
  indexes: string[];
  /** Tables that were read from one end to the other. */
  readWhole: string[];
};

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Runs `work` and lets Postgres explain every statement that it sends. */
export const explainAll = async (pool: Pool, work: (sql: SqlExecutor) => Promise<unknown>): Promise<Explained[]> => {
  const sent: { text: string; params: unknown[] }[] = [];
  await work({
    query: (text, params = []) => {
      sent.push({ text, params });
      return pool.query(text, params);
    },
  });
  const explained: Explained[] = [];
  for (const { text, params } of sent) {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, params);
    const [row] = explainedSchema.parse(rows);
    const [{ Plan: plan, 'Execution Time': ms }] = row?.['QUERY PLAN'] ?? [
      { Plan: { 'Node Type': 'nothing' }, 'Execution Time': 0 },
    ];
    const nodes = nodesOf(plan);
    explained.push({
      statement: text.replace(/\s+/g, ' ').trim(),
      ms,
      indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
      readWhole: [
        ...new Set(
          nodes.filter((node) => node['Node Type'] === 'Seq Scan').flatMap((node) => node['Relation Name'] ?? []),
        ),
      ],
    });
  }
  return explained;
};
