import { createServer } from 'node:http';
import type { ErrorAnswer } from '@convene/common';
import { isBearerOf } from '@convene/common/secrets';
import type { OutboxRelayState } from '@convene/outbox';
import type { Logger } from './logger';
import type { SendGateState } from './mail/sendGate';
import type { PostgresState } from './postgres';
import { answerPreview } from './previews/previews';
import type { QueueState } from './queues/backend';

/** What the process knows of itself without asking anyone. */
export type WorkerState = {
  queue: QueueState;
  postgres: PostgresState;
  relay: OutboxRelayState;
  sending: SendGateState;
  stopping: boolean;
};

const serverOf = { redis: 'Redis', postgres: 'The queues in Postgres' } as const;

/** Why jobs can't be taken at this moment; empty where they can. */
export const unreadyReasons = ({ queue, postgres, stopping }: WorkerState): string[] => [
  ...(stopping ? ['stopping'] : []),
  ...(queue.status === 'ready' ? [] : [`${serverOf[queue.backend]}: ${queue.lastError?.message ?? queue.status}`]),
  ...(postgres.lastOkAt !== null && postgres.lastError === null
    ? []
    : [`Postgres: ${postgres.lastError?.message ?? 'not asked yet'}`]),
];

type Answer = { status: number; body: string; type: string };

const json = (status: number, body: unknown): Answer => ({
  status,
  body: JSON.stringify(body),
  type: 'application/json; charset=utf-8',
});

const problem = (status: number, error: ErrorAnswer['error']): Answer => json(status, { error });

type HealthSources = {
  state: () => WorkerState;
  metrics: { scrape: () => Promise<string>; contentType: string };
  /** What a scrape must show; anyone may scrape where it is not set. */
  metricsToken: string | undefined;
  /** What a request for a preview of a mail must show; there are none where it is not set. */
  previewsToken: string | undefined;
};

type Asked = { path: string; authorization: string | undefined };

const PREVIEWS_PATH = '/emails/';

const preview = ({ path, authorization }: Asked, token: string | undefined): Promise<Answer> | Answer => {
  if (!token)
    return problem(404, { code: 'not-found', message: 'Previews are closed: EMAIL_PREVIEWS_TOKEN is not set.' });
  if (!isBearerOf(authorization, token)) {
    return problem(401, { code: 'unauthenticated', message: 'This needs the bearer token of the previews.' });
  }
  return answerPreview(path.slice(PREVIEWS_PATH.length));
};

const answer = async (
  asked: Asked,
  { state, metrics, metricsToken, previewsToken }: HealthSources,
): Promise<Answer> => {
  const { path, authorization } = asked;
  if (path.startsWith(PREVIEWS_PATH)) return preview(asked, previewsToken);
  switch (path) {
    case '/health':
      return json(200, { status: 'alive' });
    case '/ready': {
      const now = state();
      const reasons = unreadyReasons(now);
      return json(reasons.length === 0 ? 200 : 503, { ready: reasons.length === 0, reasons, ...now });
    }
    case '/metrics':
      if (metricsToken && !isBearerOf(authorization, metricsToken)) {
        return problem(401, { code: 'unauthenticated', message: 'This needs the bearer token of the metrics.' });
      }
      return { status: 200, body: await metrics.scrape(), type: metrics.contentType };
    default:
      return problem(404, { code: 'not-found', message: 'Only /health, /ready, /metrics and /emails/ are here.' });
  }
};

/**
 * `/health`: the process lives. `/ready`: it can take jobs, judged by connection states and last outcomes.
 * `/metrics`: for Prometheus. `/emails/`: every mail as it looks, for the admin. None of them sends a Redis command.
 */
export const startHealthServer = async ({
  port,
  logger,
  ...sources
}: HealthSources & { port: number; logger: Logger }): Promise<{ port: number; close: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    const send = ({ status, body, type }: Answer) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      send(problem(405, { code: 'method-not-allowed', message: 'Only GET and HEAD are answered.' }));
      return;
    }
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    answer({ path, authorization: request.headers.authorization }, sources).then(send, (error: unknown) => {
      logger.error({ err: error, path }, 'a health request failed');
      send(problem(500, { code: 'internal', message: 'Something went wrong.' }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
