import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way, with everything needed to answer it, to pass it on or to break it off. */
export interface ProxiedCall {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: () => Promise<Buffer>;
  /** Sends the call to where it was meant to go. With `losesReply` it is done there and the connection breaks after it. */
  readonly pass: (body: Buffer, options?: { readonly losesReply: boolean }) => void;
}

/** Stands between services and one endpoint of the embedded AWS; what it does with a call is up to its owner. */
export class HttpProxy {
  private readonly server: Server;

  private constructor(
    private readonly target: URL,
    serve: (call: ProxiedCall) => Promise<void>,
  ) {
    this.server = createServer(
      (incoming, outgoing) =>
        void serve({
          incoming,
          outgoing,
          body: async () => bodyOf(incoming),
          pass: (body, options) =>
            this.pass({ incoming, outgoing, body, losesReply: options?.losesReply ?? false }),
        }),
    );
  }

  /** Starts one on a free port. */
  static async start(target: string, serve: (call: ProxiedCall) => Promise<void>): Promise<HttpProxy> {
    const proxy = new HttpProxy(new URL(target), serve);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection; new ones are taken. */
  cut(): void {
    this.server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(call: {
    readonly incoming: IncomingMessage;
    readonly outgoing: ServerResponse;
    readonly body: Buffer;
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
