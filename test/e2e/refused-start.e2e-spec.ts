import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { type App, Scene } from '../rig/scene';

const APPS: readonly App[] = ['service-a', 'service-b', 'heartbeat-monitor'];

describe('a service that cannot work', () => {
  let scene: Scene;
  let stranger: Server;

  beforeAll(async () => {
    scene = await Scene.open();
    stranger = createServer((_request, response) =>
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(
        JSON.stringify({
          __type: 'UnrecognizedClientException',
          message: 'The security token is invalid.',
        }),
      ),
    );
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
  }, 30_000);
  afterAll(async () => {
    stranger.close();
    await scene.close();
  });

  /** Starts a service with these settings, and gives what it said when it had ended by itself with 78. */
  async function refusal(app: App, settings: Readonly<Record<string, string>>): Promise<string> {
    const service = await scene.spawn(app, settings);
    expect(await service.exited).toEqual({ code: 78, signal: null });
    return service.text.join('\n');
  }

  it.each([
    ['service-a', ['IdempotencyTable', 'WriteAheadLog', 'service-a-receipts', 'state-events', 'heartbeats']],
    [
      'service-b',
      ['IdempotencyTable', 'VersionedState', 'WriteAheadLog', 'service-b-events', 'receipts', 'heartbeats'],
    ],
    [
      'heartbeat-monitor',
      ['VersionedState', 'WriteAheadLog', 'heartbeat-monitor-heartbeats-0', 'heartbeats'],
    ],
  ] as const)(
    'exits 78 and names all that is missing with the command that makes it: %s',
    async (app, resources) =>
      scene.tell(async () => {
        const said = await refusal(app, { RESOURCE_PREFIX: 'nowhere' });
        for (const resource of resources) expect(said).toMatch(new RegExp(`nowhere-${resource}\\b`));
        expect(said.match(/npm start/g)?.length).toBeGreaterThanOrEqual(resources.length);
      }),
  );

  it.each([
    ['service-a', { EVENT_ORDERING: 'sometimes', CONSUMER_POLLERS: '0', DEDUP_HORIZON_DAYS: 'x' }],
    ['service-b', { EVENT_ORDERING: 'sometimes', CONSUMER_MODE: 'maybe', CONSUMER_POLLERS: 'many' }],
    ['heartbeat-monitor', { HEARTBEAT_INTERVAL_MS: '5', HEARTBEAT_QUEUE_ORDINAL: '-1' }],
  ] as const)(
    'exits 78 and lists every problem of its configuration with the fix: %s',
    async (app, settings) =>
      scene.tell(async () => {
        const said = await refusal(app, settings);
        for (const variable of Object.keys(settings)) expect(said).toContain(variable);
        expect(said.match(/fix: set /g)).toHaveLength(Object.keys(settings).length);
      }),
  );

  it.each(['service-a', 'service-b'] as const)(
    'exits 78 when its dedup horizon is shorter than its queues can deliver again: %s',
    async (app) =>
      scene.tell(async () => {
        expect(await refusal(app, { DEDUP_HORIZON_DAYS: '10' })).toMatch(/may deliver again after 22 days/);
      }),
  );

  it.each(APPS)('exits 78 when its credentials are wrong, and says so: %s', async (app) =>
    scene.tell(async () => {
      const endpoint = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
      const said = await refusal(app, {
        AWS_ENDPOINT_URL_SNS: endpoint,
        AWS_ENDPOINT_URL_SQS: endpoint,
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      });
      expect(said).toMatch(/credentials/i);
    }),
  );
});
