import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';

/** Sockets that wait for a next request are looked for this often. */
const SWEEP_EVERY_MS = 50;

/**
 * Closes the API: no new connections, answers under way are finished, sockets without one are closed;
 * after `timeoutMs` the rest is cut. Nest's own teardown runs with it.
 */
export async function closeHttp(app: INestApplication<Server>, timeoutMs: number): Promise<void> {
  const server = app.getHttpServer();
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_EVERY_MS);
  const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
