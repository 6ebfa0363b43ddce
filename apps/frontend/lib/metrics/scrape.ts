import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { collectedMetrics } from '../beacons/collector';
import { processCollector } from '../beacons/processCollector';
import { processState } from '../processState';
import { redisCommands } from '../redis/index';
import { requestRegistry } from './requests';

const create = (): Registry => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: 'convene_collector_accepted_total',
    help: 'Events taken into the buffer',
    labelNames: ['metric'],
    registers,
    collect() {
      this.reset();
      for (const metric of collectedMetrics) this.inc({ metric }, processCollector().counts.accepted[metric]);
    },
  });
  new Counter({
    name: 'convene_collector_acknowledged_total',
    help: 'Events that the backend acknowledged, by its verdict',
    labelNames: ['metric', 'verdict'],
    registers,
    collect() {
      this.reset();
      const { acknowledged } = processCollector().counts;
      for (const metric of collectedMetrics) {
        for (const [verdict, times] of Object.entries(acknowledged[metric])) this.inc({ metric, verdict }, times);
      }
    },
  });
  new Counter({
    name: 'convene_collector_lost_total',
    help: 'Events dropped, by reason',
    labelNames: ['metric', 'reason'],
    registers,
    collect() {
      this.reset();
      const { lost } = processCollector().counts;
      for (const metric of collectedMetrics) {
        for (const [reason, times] of Object.entries(lost[metric])) this.inc({ metric, reason }, times);
      }
    },
  });
  new Gauge({
    name: 'convene_collector_waiting',
    help: 'Events in the buffer',
    labelNames: ['metric'],
    registers,
    collect() {
      for (const metric of collectedMetrics) this.set({ metric }, processCollector().waiting[metric]);
    },
  });
  new Counter({
    name: 'convene_collector_requests_total',
    help: 'Requests to the metrics endpoints of the backend, retries included',
    registers,
    collect() {
      this.reset();
      this.inc(processCollector().counts.requests);
    },
  });
  new Counter({
    name: 'convene_collector_retries_total',
    help: 'Requests to the metrics endpoints of the backend that were sent again',
    registers,
    collect() {
      this.reset();
      this.inc(processCollector().counts.retries);
    },
  });
  new Counter({
    name: 'convene_redis_commands_total',
    help: 'Redis commands sent by this process, as Upstash bills them',
    labelNames: ['app', 'source', 'command'],
    registers,
    collect() {
      this.reset();
      for (const { source, command, count } of redisCommands().counts()) {
        this.inc({ app: 'frontend', source, command }, count);
      }
    },
  });
  return registry;
};

/** The text of a scrape: what the process knows. Asks nobody. */
export const scrape = async (): Promise<{ text: string; contentType: string }> => {
  const merged = Registry.merge([processState('metrics-registry', create), requestRegistry()]);
  return { text: await merged.metrics(), contentType: merged.contentType };
};
