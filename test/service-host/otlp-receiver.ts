import { createServer, type Http2Server, type Http2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** An empty message of gRPC: not compressed, of length 0. */
const EMPTY_REPLY = Buffer.alloc(5);

/** A collector that takes every trace export over gRPC and keeps its bytes; names and ids can be searched in them. */
export class OtlpReceiver {
  private readonly chunks: Buffer[] = [];
  private readonly sessions = new Set<Http2Session>();

  private constructor(private readonly server: Http2Server) {
    server.on('session', (session) => this.sessions.add(session));
    server.on('stream', (stream) => {
      stream.on('data', (chunk: Buffer) => this.chunks.push(chunk));
      stream.on('end', () => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.end(EMPTY_REPLY);
      });
    });
  }

  static async start(): Promise<OtlpReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new OtlpReceiver(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether a text, e.g. the name of a span, was received. */
  hasText(text: string): boolean {
    return Buffer.concat(this.chunks).includes(text);
  }

  /** How often a trace or span id, in hex, was received. */
  countOfId(hex: string): number {
    const all = Buffer.concat(this.chunks).toString('hex');
    return all.split(hex).length - 1;
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
