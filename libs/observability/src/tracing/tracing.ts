/** Tracing of this process while it runs. */
export interface Tracing {
  readonly enabled: boolean;
  /** Sends what is left, for `timeoutMs` at most; never throws, since a collector that is away is no reason to hang. */
  flush(timeoutMs: number): Promise<void>;
}

/** Who the spans are from. */
export interface TracedProcess {
  readonly service: string;
  readonly version: string;
  readonly instanceId: string;
}
