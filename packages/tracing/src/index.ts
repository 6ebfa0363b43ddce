import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

export { SpanKind };

/*
 * Spans of Convene's own. Where nobody has started tracing (`@convene/tracing/start`) all of this does nothing, at the
 * cost of a function call.
 */

const TRACER = 'convene';

/** W3C's `traceparent` of what runs just now, to be kept beside work that somebody else will do; null without a trace. */
export const currentTraceParent = (): string | null => {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'] ?? null;
};

const contextOf = (traceParent: string | null | undefined): Context =>
  traceParent ? propagation.extract(ROOT_CONTEXT, { traceparent: traceParent }) : context.active();

const settle = (span: Span, error: unknown): void => {
  if (error instanceof Error) span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
};

/**
 * Runs `work` in a span of its own, and ends it with what became of it.
 *
 * @param options.traceParent goes on with that trace rather than with the one that runs just now
 * @param options.attributes must say nothing about anyone: no address, no name, no token
 */
export const inSpan = <T>(
  name: string,
  {
    kind = SpanKind.INTERNAL,
    attributes = {},
    traceParent,
  }: { kind?: SpanKind; attributes?: Attributes; traceParent?: string | null },
  work: (span: Span) => Promise<T>,
): Promise<T> =>
  trace.getTracer(TRACER).startActiveSpan(name, { kind, attributes }, contextOf(traceParent), async (span) => {
    try {
      return await work(span);
    } catch (error) {
      settle(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
