/** Tracing of this process while it runs. */
export interface Tracing {
  readonly enabled: boolean;
  /** Sends what is finished, for `timeoutMs` at most; never throws, since a collector that is away is no reason to hang. */
  flush(timeoutMs: number): Promise<void>;
}

/** Who the spans are from. */
export interface TracedProcess {
  readonly service: string;
  readonly version: string;
  readonly instanceId: string;
}

/** Names of the samplers, as OpenTelemetry spells them in `OTEL_TRACES_SAMPLER`. */
export const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_traceidratio',
  'parentbased_always_off',
  'always_on',
  'traceidratio',
  'always_off',
] as const;

/** Names of the forms in which a trace travels, as OpenTelemetry spells them in `OTEL_PROPAGATORS`. */
export const PROPAGATORS = ['tracecontext', 'baggage', 'xray'] as const;

/** What is traced, and how it travels. Where spans go is read by the exporter: `OTEL_EXPORTER_OTLP_*`. */
export interface TracingSettings {
  readonly isOn: boolean;
  readonly sampler: (typeof SAMPLERS)[number];
  /** Share of traces that the ratio samplers keep, 0 to 1. */
  readonly ratio: number;
  /** All are sent; where several come in, the last one named counts. With `xray`, ids are X-Ray's. */
  readonly propagators: readonly (typeof PROPAGATORS)[number][];
}
