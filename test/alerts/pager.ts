import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One alert in a notification. */
export interface NotifiedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly fingerprint: string;
}

/** One call of Alertmanager: for whoever gets paged, one message on the phone. */
export interface Notification {
  /** When it arrived, milliseconds since 1970. */
  readonly atMs: number;
  readonly receiver: string;
  /** The same for all notifications of one group, which a pager shows as one incident. */
  readonly groupKey: string;
  readonly status: 'firing' | 'resolved';
  readonly alerts: readonly NotifiedAlert[];
}

/** Receives what Alertmanager sends, for all receivers, and remembers it. */
export class Pager {
  readonly notifications: Notification[] = [];
  private readonly heard = new EventEmitter<{ notification: [Notification] }>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      void this.take(request).finally(() => response.end());
    });
  }

  /** Listens on a free port of loopback. */
  static async open(): Promise<Pager> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Pager(server);
  }

  /** Where notifications go. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  onNotification(listener: (notification: Notification) => void): void {
    this.heard.on('notification', listener);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Omit<Notification, 'atMs'>;
    const notification = { ...body, atMs: Date.now() };
    this.notifications.push(notification);
    this.heard.emit('notification', notification);
  }
}
