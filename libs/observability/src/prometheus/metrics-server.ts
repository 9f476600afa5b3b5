import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../core/log';
import type { Exposition } from './exposition';
import { PagesBeingRead } from './pages-being-read';
import { sendPage } from './send-page';

/** Scrapers a process serves at once: two Prometheus replicas, a person, and room. */
const MAX_CONNECTIONS = 16;
/** A scrape request is one short header; whoever is slower than this is not a scraper. */
const REQUEST_TIMEOUT_MS = 5_000;

export interface MetricsServerOptions {
  /** Address to bind, e.g. `127.0.0.1`. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly exposition: Exposition;
  readonly log: Log;
}

/**
 * Serves GET /metrics on a port of its own, so that it can be scraped while the API is closed to the
 * network, and answers while the API drains.
 *
 * @example
 * const server = await MetricsServer.start({ host: '127.0.0.1', port: 9101, exposition, log });
 * await server.stop();
 */
export class MetricsServer {
  private constructor(
    private readonly server: Server,
    /** The port that was bound. */
    readonly port: number,
  ) {}

  /** @throws the error of the socket, e.g. with code `EADDRINUSE`. */
  static async start(options: MetricsServerOptions): Promise<MetricsServer> {
    const pages = new PagesBeingRead((spare) => options.exposition.page(spare));
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      void answer({ ...options, pages }, { method: request.method ?? '', url: request.url ?? '' }, response);
    });
    server.maxConnections = MAX_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(options.port, options.host, resolve);
    });
    return new MetricsServer(server, (server.address() as AddressInfo).port);
  }

  /** Closes the port at once; a scrape under way is cut. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

async function answer(
  { exposition, log, pages }: MetricsServerOptions & { readonly pages: PagesBeingRead },
  request: { readonly method: string; readonly url: string },
  response: ServerResponse,
): Promise<void> {
  if (request.url.split('?')[0] !== '/metrics') return end(response, 404, 'metrics are at /metrics\n');
  if (request.method !== 'GET') return end(response, 405, 'only GET\n');
  try {
    await pages.lend(async (page) => {
      response.setHeader('content-type', exposition.contentType);
      await sendPage(response, page);
    });
  } catch (error) {
    log.error({ event: 'exposition_failed', err: error }, 'metrics could not be written');
    end(response, 500, 'metrics could not be written; see the log\n');
  }
}

function end(response: ServerResponse, status: number, body: string): void {
  response.statusCode = status;
  response.end(body);
}
