import type { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';

/** Of one call to the collector; a second one waits for the next round. */
const EXPORT_TIMEOUT_MS = 5_000;

/**
 * The exporter for OTLP over gRPC, loaded when the first spans are due, some seconds after the start: with all it needs
 * it is a third of what tracing loads.
 */
export class LazyExporter implements Pick<OTLPTraceExporter, 'export' | 'shutdown' | 'forceFlush'> {
  private exporter: OTLPTraceExporter | undefined;

  export(...call: Parameters<OTLPTraceExporter['export']>): void {
    this.exporter ??= load();
    this.exporter.export(...call);
  }

  async forceFlush(): Promise<void> {
    await this.exporter?.forceFlush();
  }

  async shutdown(): Promise<void> {
    await this.exporter?.shutdown();
  }
}

function load(): OTLPTraceExporter {
  // require, not import: this is the line that must not run at the start.
  const otlp =
    require('@opentelemetry/exporter-trace-otlp-grpc') as typeof import('@opentelemetry/exporter-trace-otlp-grpc');
  return new otlp.OTLPTraceExporter({ timeoutMillis: EXPORT_TIMEOUT_MS });
}
