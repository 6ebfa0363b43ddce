import type { CountedMetric } from './counted';
import { Lab, type LabResult, type ServerName } from './lab';
import type { Plan } from './options';
import { type Shape, shapes } from './requests';

export const CLOSED_LOOP_WINDOW_MS = 50;

export type Series = { server: ServerName; metric: CountedMetric | null; shape: Shape; results: LabResult[] };
export type ClosedLoop = { series: Series[]; balances: Awaited<ReturnType<Lab['balances']>>; lost: number };

const allSeries = (): Series[] =>
  shapes.flatMap((shape): Series[] => [
    { server: 'bare', metric: null, shape, results: [] },
    { server: 'backend', metric: 'views', shape, results: [] },
    { server: 'backend', metric: 'impressions', shape, results: [] },
    { server: 'collector', metric: 'views', shape, results: [] },
    { server: 'collector', metric: 'impressions', shape, results: [] },
  ]);

/** The endpoints and what they are compared with, in turns, so that a slow minute of the machine meets all of them. */
export const measureClosedLoop = async (plan: Plan, say: (what: string) => void): Promise<ClosedLoop> => {
  const lab = await Lab.open();
  try {
    for (const name of ['bare', 'backend', 'collector'] as const) await lab.start(name, CLOSED_LOOP_WINDOW_MS);
    const series = allSeries();
    const { connections } = plan;
    for (const { server, metric, shape } of series) {
      const seconds = plan.warmUpSeconds / shapes.length;
      await lab.send(server, { metric, shape, connections, until: { seconds } });
    }
    for (let round = 1; round <= plan.rounds; round += 1) {
      // Turned about each time, so that nobody always follows the same neighbour.
      for (const one of round % 2 === 1 ? series : [...series].reverse()) {
        const { server, metric, shape } = one;
        one.results.push(await lab.send(server, { metric, shape, connections, until: { seconds: plan.secondsEach } }));
      }
      say(`closed loop, round ${round} of ${plan.rounds}`);
    }
    return { series, balances: await lab.balances(), lost: lab.lost };
  } finally {
    await lab.close();
  }
};
