import { eventually } from '@latido/testing';
import { FaultProxy } from '../rig/fault-proxy';
import { acceptAll, commands, requireExactLedger, untilSettled } from '../rig/ledger';
import { untilAway, untilReady } from '../rig/readiness';
import { inScene, type Scene } from '../rig/scene';
import { SEED, seededRandom } from '../rig/chance';

const SETTLES_WITHIN = { withinMs: 60_000 };

/** Puts a proxy before one endpoint, for the services that start afterwards, while the story lasts. */
async function spoiling(
  scene: Scene,
  endpoint: 'AWS_ENDPOINT_URL_DYNAMODB' | 'AWS_ENDPOINT_URL_SNS',
  story: (proxy: FaultProxy) => Promise<void>,
): Promise<void> {
  const proxy = await FaultProxy.start(scene.endpoints[endpoint] ?? '', seededRandom(SEED));
  scene.detour({ [endpoint]: proxy.url });
  try {
    await story(proxy);
  } finally {
    await proxy.close();
  }
}

async function lastBatch({ b }: Scene): Promise<{ readonly at?: string }> {
  const { lastBatch: batch } = await b.read<{ readonly lastBatch: { readonly at: string } | null }>(
    '/consumer',
  );
  return batch ?? {};
}

describe(`a part of AWS that does not work (SEED=${SEED})`, () => {
  it(
    'changes nothing in the ledger when DynamoDB throttles a tenth of all calls and loses the reply to another',
    inScene({}, async (scene) =>
      spoiling(scene, 'AWS_ENDPOINT_URL_DYNAMODB', async (dynamodb) => {
        await scene.start('service-a', 'service-b');
        dynamodb.faults = { throttled: 0.1, replyLost: 0.1 };
        const accepted = await acceptAll(scene, commands(200, { subjects: 10 }));
        await eventually(() => expect(dynamodb.spoiled).toBeGreaterThan(100), SETTLES_WITHIN);
        dynamodb.faults = {};
        await untilSettled(scene, SETTLES_WITHIN);
        await requireExactLedger(scene, accepted);
      }),
    ),
    120_000,
  );

  it(
    'makes service-b wait, without wearing messages out, while DynamoDB alone is away',
    inScene({}, async (scene) =>
      spoiling(scene, 'AWS_ENDPOINT_URL_DYNAMODB', async (dynamodb) => {
        await scene.start('service-b');
        scene.detour({ AWS_ENDPOINT_URL_DYNAMODB: scene.endpoints['AWS_ENDPOINT_URL_DYNAMODB'] ?? '' });
        await scene.start('service-a');
        dynamodb.faults = { away: 1 };
        await untilAway(scene, 'service-b', ['dynamodb']);
        const accepted = await acceptAll(scene, commands(50, { subjects: 5 }));
        // Polls that were out when it happened end, and no other begins, however many copies the relay adds.
        await eventually(
          async () =>
            expect(await scene.b.get('/consumer')).toMatchObject({
              body: { mode: 'auto', status: 'held', inFlight: 0 },
            }),
          SETTLES_WITHIN,
        );
        const { at } = await lastBatch(scene);
        await scene.processOf('service-a').waitForLog(({ event }) => event === 'relay_round');
        expect(await lastBatch(scene)).toMatchObject({ at });
        dynamodb.faults = {};
        await untilReady(scene, 'service-b');
        await untilSettled(scene, SETTLES_WITHIN);
        await requireExactLedger(scene, accepted);
      }),
    ),
    90_000,
  );

  it(
    'does not keep service-a from accepting while SNS alone is away: the events leave when it is back',
    inScene({}, async (scene) =>
      spoiling(scene, 'AWS_ENDPOINT_URL_SNS', async (sns) => {
        await scene.start('service-a');
        scene.detour({ AWS_ENDPOINT_URL_SNS: scene.endpoints['AWS_ENDPOINT_URL_SNS'] ?? '' });
        await scene.start('service-b');
        sns.faults = { away: 1 };
        const accepted = await acceptAll(scene, commands(20, { subjects: 4 }));
        await untilAway(scene, 'service-a', ['sns']);
        expect(await scene.b.get('/services')).toMatchObject({ body: { items: [] } });
        sns.faults = {};
        await untilReady(scene, 'service-a');
        await untilSettled(scene, SETTLES_WITHIN);
        await requireExactLedger(scene, accepted);
      }),
    ),
    90_000,
  );
});
