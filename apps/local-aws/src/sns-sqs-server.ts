import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { withFewerFlushes } from './sqlite-durability';

/** What runs, and where. */
export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

interface ListeningApp {
  listen: (options: { port: number; host: string }) => Promise<string>;
  get(path: string, handler: (request: unknown, reply: Reply) => unknown): unknown;
}

interface Reply {
  code(status: number): { send(body: object): unknown };
}

/** Fastify, on which fauxqs is built, announces every new instance here. */
const FASTIFY_CREATED = 'fastify.initialization';

/**
 * Starts SNS and SQS.
 *
 * fauxqs always listens on all interfaces; the address is replaced as its web server comes into
 * being, so that nothing outside this machine reaches it. There too it gets `GET /ready`, which answers 503 until
 * `isSeeded` says so: a service that starts before its queues are there gives up.
 */
export async function startSnsSqs(options: {
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly dataDir?: string;
  readonly isSeeded: () => boolean;
}): Promise<RunningServer> {
  const { startFauxqs } = await import('fauxqs');
  const listenOnHost = (message: unknown): void => {
    const { fastify } = message as { readonly fastify: ListeningApp };
    const listen = fastify.listen.bind(fastify);
    fastify.listen = ({ port }) => listen({ port, host: options.host });
    fastify.get('/ready', (_request, reply) => {
      const seeded = options.isSeeded();
      return reply.code(seeded ? 200 : 503).send({ seeded });
    });
  };
  subscribe(FASTIFY_CREATED, listenOnHost);
  try {
    const server = await withFewerFlushes(() =>
      startFauxqs({
        port: options.port,
        logger: false,
        defaultRegion: options.region,
        ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
      }),
    );
    return { url: server.address, stop: () => server.stop() };
  } finally {
    unsubscribe(FASTIFY_CREATED, listenOnHost);
  }
}
