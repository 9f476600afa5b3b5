import { eventually } from '@latido/testing';
import { PAYLOAD_MARKER } from '../rig/discretion';
import { NpmStart } from '../rig/npm-start';
import { EndlessCommand, inShell } from '../rig/shell';

/** It takes seconds, or with a build half a minute; three times that where others work on the machine too. */
const READY_WITHIN_MS = 120_000;
const WITHIN = { withinMs: 20_000 };
const TEST_MS = 60_000;

describe('npm start', () => {
  let latido: NpmStart;
  let commands: readonly string[];

  beforeAll(async () => {
    latido = await NpmStart.run({ HEARTBEAT_INTERVAL_MS: '2000' });
    await latido.says(/^Latido is ready$/, { withinMs: READY_WITHIN_MS });
    await latido.says(/^Ctrl-C here stops everything\.$/, WITHIN);
    commands = latido.lines.filter((line) => /^ {2}(curl|kill) /.test(line));
  }, READY_WITHIN_MS + 20_000);
  afterAll(async () => {
    await latido.kill();
    await latido.portsAreFree();
  }, 30_000);

  const tell = async (story: () => Promise<void>): Promise<void> => {
    try {
      await story();
    } catch (error) {
      if (error instanceof Error) error.message += `\n\nnpm start said last:\n${latido.tail()}`;
      throw error;
    }
  };

  it(
    'prints three commands, of which the first sends an event and the second reads its history',
    async () =>
      tell(async () => {
        expect(commands).toHaveLength(3);
        const accepted = JSON.parse(await inShell(commands[0]!)) as { readonly id: string };
        await inShell(
          commands[0]!.replace('cart-7', 'cart-8').replace('"items":3', `"items":"${PAYLOAD_MARKER}"`),
        );
        expect(accepted).toMatchObject({ subject: 'cart-7', status: 'pending' });
        await eventually(async () => {
          const history = JSON.parse(await inShell(commands[1]!)) as unknown;
          expect(history).toMatchObject({
            items: [
              { subject: 'cart-7', version: 1, value: { items: 3 }, requestId: `event#${accepted.id}` },
            ],
          });
        }, WITHIN);
      }),
    TEST_MS,
  );

  it(
    'shows the addresses it has printed: docs and metrics of each service',
    async () =>
      tell(async () => {
        const urls = latido.lines.flatMap((line) => [...line.matchAll(/http:\/\/\S+\/(?:docs|metrics)/g)]);
        expect(urls).toHaveLength(6);
        for (const [url] of urls) expect([url, (await fetch(url)).status]).toEqual([url, 200]);
      }),
    TEST_MS,
  );

  it(
    'prints a third command that kills service-a and shows how the monitor notices; the launcher names it, the rest goes on',
    async () =>
      tell(async () => {
        const watching = new EndlessCommand(commands[2]!);
        try {
          await eventually(() => {
            const shown = watching.lines
              .filter((line) => line.startsWith('{'))
              .map((line) => JSON.parse(line) as object);
            expect(shown.at(-1)).toMatchObject({ service: 'service-a', verdict: 'down' });
          }, WITHIN);
        } finally {
          watching.interrupt();
        }
        await latido.says(
          /service-a ended: signal SIGKILL; still running: local-aws, service-b, heartbeat-monitor/,
          WITHIN,
        );
        for (const port of [latido.ports.SERVICE_B_PORT, latido.ports.HEARTBEAT_MONITOR_PORT])
          expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
      }),
    TEST_MS,
  );

  it(
    'stops everything in order on Ctrl-C, frees all ports, and has logged neither the token nor what events contain',
    async () =>
      tell(async () => {
        const token = /Bearer (\w+)/.exec(commands[0]!)?.[1] ?? '';
        await latido.interrupt();
        await latido.portsAreFree();
        const logged = latido.lines.filter((line) =>
          /^(local-aws|service-a|service-b|heartbeat-monitor|latido) /.test(line),
        );
        expect(logged.at(-1)).toMatch(/^latido .*stopped$/);
        expect(logged.length).toBeGreaterThan(10);
        expect(token).not.toBe('');
        expect(logged.filter((line) => line.includes(token) || line.includes(PAYLOAD_MARKER))).toEqual([]);
      }),
    TEST_MS,
  );
});
