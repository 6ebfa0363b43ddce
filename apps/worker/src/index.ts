import { EnvironmentError } from '@convene/common';
import { startTracing } from '@convene/tracing/start';
import { parseWorkerEnv, type WorkerEnv } from './env';
import { createLogger } from './logger';
import { type RunningWorker, startWorker } from './startWorker';

const readEnvironment = (): WorkerEnv => {
  try {
    return parseWorkerEnv();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

const env = readEnvironment();
const logger = createLogger(env);
const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT
  ? startTracing({ service: 'convene-worker', endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT })
  : undefined;

const start = async (): Promise<RunningWorker> => {
  try {
    return await startWorker({ env, logger });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    logger.fatal({ err: error }, isTaken ? `port ${env.PORT} is taken; PORT moves the worker` : 'worker did not start');
    process.exit(1);
  }
};

const worker = await start();

let isStopping = false;
const stop = async (signal: string): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  logger.info({ signal }, 'stopping: jobs in hand are finished first');
  await worker.stop();
  await tracing?.stop();
  process.exit(0);
};

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
