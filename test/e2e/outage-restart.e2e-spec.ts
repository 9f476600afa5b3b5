import { acceptAll, commands, requireExactLedger, untilSettled } from '../rig/ledger';
import { requireNobodyDied, untilBlind, untilNothingHeardFor, untilSeeing } from '../rig/liveness';
import { untilAway, untilReady } from '../rig/readiness';
import { inScene } from '../rig/scene';

/** Five intervals of the scene's 2 s: who is silent for 3.5 on a channel that works is down. */
const LONGER_THAN_DOWN_TAKES_MS = 10_000;

describe('while SNS, SQS and DynamoDB are gone by kill -9, and after they came back with their data', () => {
  it(
    'the monitor is blind and says why, nobody is down, services say what is away, and nothing is lost',
    inScene({ keepsData: true }, async (scene) => {
      await scene.start('service-a', 'service-b', 'heartbeat-monitor');
      await untilSeeing(scene);
      // Killed while these are on their way: some published, some applied, some reported.
      const accepted = await acceptAll(scene, commands(200, { subjects: 10 }));
      await scene.killAws();
      await untilAway(scene, 'service-a', ['dynamodb', 'sns', 'sqs']);
      await untilAway(scene, 'service-b', ['dynamodb', 'sns', 'sqs']);
      await untilBlind(scene, ['lag', 'canary']);
      await untilNothingHeardFor(scene, LONGER_THAN_DOWN_TAKES_MS);
      await requireNobodyDied(scene);
      await scene.restartAws();

      await Promise.all([untilReady(scene, 'service-a'), untilReady(scene, 'service-b'), untilSeeing(scene)]);
      await untilSettled(scene, { withinMs: 60_000 });
      await requireExactLedger(scene, accepted);
      await requireNobodyDied(scene);
    }),
    150_000,
  );
});
