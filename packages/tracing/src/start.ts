import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { secretCuttingProcessor } from './withoutSecrets';

export type Tracing = {
  /** Sends what is still held, and ends. */
  stop: () => Promise<void>;
};

/**
 * Starts tracing in this process: spans of Convene's own, of Next where it runs, and of every `fetch`, which hands the
 * trace on to whom it calls. Sent in batches by OTLP over HTTP; nothing waits for it, and spans that can't be sent are
 * dropped. Of addresses neither query nor tokens are sent. The exporter reads further settings (headers, compression) from OpenTelemetry's own variables.
 *
 * @param options.service how the process is called among the traces, such as `convene-backend`
 * @param options.endpoint of an OTLP collector, without the path
 * @param options.processor instead of the exporter, for tests
 */
export const startTracing = ({
  service,
  endpoint,
  processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
  }),
}: {
  service: string;
  endpoint: string;
  processor?: SpanProcessor;
}): Tracing => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [secretCuttingProcessor, processor],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const outgoing = new UndiciInstrumentation({
    // Of spans nobody would ever look at: the exporter's own.
    ignoreRequestHook: ({ origin }) => endpoint.startsWith(origin),
  });
  outgoing.setTracerProvider(provider);
  outgoing.enable();
  return {
    stop: async () => {
      outgoing.disable();
      await provider.shutdown();
    },
  };
};
