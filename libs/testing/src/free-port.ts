import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux, macOS and the IANA give to outgoing connections: one of those may be taken by a client between
 * this look and the start of the process that is to listen.
 */
const FIRST_PORT = 10_000;
const LAST_PORT = 32_000;
const TRIES = 100;

const given = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody listens on at this moment, and that this process was not given before.
 * @throws Error when a hundred in a row were taken.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (given.has(port) || !(await canListenOn(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port between ${FIRST_PORT} and ${LAST_PORT} in ${TRIES} tries`);
}

async function canListenOn(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
