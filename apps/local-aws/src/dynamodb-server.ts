import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import type { RunningServer } from './sns-sqs-server';

/** Starts DynamoDB. Tables are ready at once: there is nobody to wait for here. */
export async function startDynamodb(options: {
  readonly host: string;
  readonly port: number;
  readonly dataDir?: string;
}): Promise<RunningServer> {
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(options.dataDir !== undefined && { path: options.dataDir }),
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${reachable(options.host)}:${port}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** An address to call for an address to listen on: all interfaces are reached through loopback. */
function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host;
}
