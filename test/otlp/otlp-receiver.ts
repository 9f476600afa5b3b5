import { createServer, type Http2Server, type Http2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { type ReceivedSpan, spansOf } from './received-span';

/** An empty message of gRPC: not compressed, of length 0. */
const EMPTY_REPLY = Buffer.alloc(5);
/** What stands before each message of gRPC. */
const FRAME_HEADER_BYTES = 5;

/** A collector that takes trace exports over gRPC and keeps their spans. */
export class OtlpReceiver {
  private readonly received: ReceivedSpan[] = [];
  private readonly sessions = new Set<Http2Session>();

  private constructor(private readonly server: Http2Server) {
    server.on('session', (session) => this.sessions.add(session));
    server.on('stream', (stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        this.received.push(...spansOf(Buffer.concat(chunks).subarray(FRAME_HEADER_BYTES)));
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

  /** All spans so far, in the order they came. */
  get spans(): readonly ReceivedSpan[] {
    return this.received;
  }

  /** The spans of one trace. */
  spansOfTrace(traceId: string): readonly ReceivedSpan[] {
    return this.received.filter((span) => span.traceId === traceId);
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
