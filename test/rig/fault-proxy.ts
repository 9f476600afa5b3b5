import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { HttpProxy, type ProxiedCall } from './http-proxy';

/** What becomes of a call, and how often: the shares add up to 1 at most, the rest passes. */
export interface Faults {
  /** Refused as over the capacity of the table; nothing happened. */
  readonly throttled?: number;
  /** Done, and the connection breaks before the answer. */
  readonly replyLost?: number;
  /** The connection breaks; nothing happened. */
  readonly away?: number;
  /** Done, {@link Faults.slowMs} later than it would be. */
  readonly slow?: number;
  readonly slowMs?: number;
}

/** Stands between services and one endpoint of the embedded AWS, and spoils calls. */
export class FaultProxy {
  /** May be changed at any time. */
  faults: Faults = {};
  /** Calls that were spoiled so far. */
  spoiled = 0;
  private proxy: HttpProxy | undefined;

  private constructor(private readonly random: () => number) {}

  /** @param random - in [0, 1): decides about each call. */
  static async start(target: string, random: () => number): Promise<FaultProxy> {
    const faults = new FaultProxy(random);
    faults.proxy = await HttpProxy.start(target, async (call) => faults.serve(call));
    return faults;
  }

  get url(): string {
    return this.proxy?.url ?? '';
  }

  /** Breaks the connection of every call that is on its way, a long poll that was let through before included. */
  cut(): void {
    this.proxy?.cut();
  }

  async close(): Promise<void> {
    await this.proxy?.close();
  }

  private async serve({ outgoing, body, pass }: ProxiedCall): Promise<void> {
    const fault = this.draw();
    if (fault !== undefined) this.spoiled += 1;
    if (fault === 'away') return void outgoing.destroy();
    const sent = await body();
    if (fault === 'throttled') return throttle(outgoing);
    if (fault === 'slow') await delay(this.faults.slowMs);
    pass(sent, { losesReply: fault === 'replyLost' });
  }

  private draw(): Exclude<keyof Faults, 'slowMs'> | undefined {
    let rest = this.random();
    for (const fault of ['throttled', 'replyLost', 'away', 'slow'] as const) {
      rest -= this.faults[fault] ?? 0;
      if (rest < 0) return fault;
    }
    return undefined;
  }
}

function throttle(outgoing: ServerResponse): void {
  const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
  outgoing
    .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: type, message: 'The level of configured throughput was exceeded.' }));
}
