import { once } from 'node:events';
import { createServer } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { sendPage } from './send-page';

/** Many chunks. */
const PAGE = Buffer.alloc(4_000_000, 'x');

/** A server that sends the page, and counts turns of the event loop while it does. */
async function serving() {
  let turns = 0;
  let sent: Promise<void> | undefined;
  const server = createServer((_request, response) => {
    let isSent = false;
    const count = (): void => {
      turns += 1;
      if (!isSent) setImmediate(count);
    };
    setImmediate(count);
    sent = sendPage(response, PAGE).finally(() => (isSent = true));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, port, turns: () => turns, sent: () => sent };
}

describe('sendPage', () => {
  it('sends every byte, and lets others have a turn between chunks', async () => {
    const { server, port, turns } = await serving();
    const body = await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer();
    expect(Buffer.from(body).equals(PAGE)).toBe(true);
    expect(turns()).toBeGreaterThan(PAGE.length / 262_144 - 1);
    server.closeAllConnections();
    server.close();
  });

  it('ends without an error when the reader goes away', async () => {
    const { server, port, sent } = await serving();
    const reader = new Socket();
    reader.connect(port, '127.0.0.1');
    reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(reader, 'data');
    reader.destroy();
    await expect(sent()).resolves.toBeUndefined();
    server.close();
  });
});
