import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

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
  private readonly server: Server;

  private constructor(
    private readonly target: URL,
    private readonly random: () => number,
  ) {
    this.server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
  }

  /** @param random - in [0, 1): decides about each call. */
  static async start(target: string, random: () => number): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(target), random);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Breaks the connection of every call that is on its way, a long poll that was let through before included. */
  cut(): void {
    this.server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const fault = this.draw();
    if (fault !== undefined) this.spoiled += 1;
    if (fault === 'away') return void outgoing.destroy();
    const body = await bodyOf(incoming);
    if (fault === 'throttled') return throttle(outgoing);
    if (fault === 'slow') await delay(this.faults.slowMs);
    this.forward({ incoming, body, outgoing, losesReply: fault === 'replyLost' });
  }

  private draw(): Exclude<keyof Faults, 'slowMs'> | undefined {
    let rest = this.random();
    for (const fault of ['throttled', 'replyLost', 'away', 'slow'] as const) {
      rest -= this.faults[fault] ?? 0;
      if (rest < 0) return fault;
    }
    return undefined;
  }

  private forward(call: {
    readonly incoming: IncomingMessage;
    readonly body: Buffer;
    readonly outgoing: ServerResponse;
    readonly losesReply: boolean;
  }): void {
    const { incoming, body, outgoing, losesReply } = call;
    const { method, headers, url } = incoming;
    const { hostname, port } = this.target;
    const onward = request({ hostname, port, path: url, method, headers }, (answer) => {
      if (losesReply) {
        answer.resume();
        answer.once('end', () => outgoing.destroy());
      } else {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      }
    });
    onward.once('error', () => outgoing.destroy());
    // A long poll whose caller has gone must not take messages.
    outgoing.once('close', () => onward.destroy());
    onward.end(body);
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function throttle(outgoing: ServerResponse): void {
  const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
  outgoing
    .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: type, message: 'The level of configured throughput was exceeded.' }));
}
