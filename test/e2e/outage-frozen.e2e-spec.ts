import { setTimeout as delay } from 'node:timers/promises';
import { PAYLOAD_MARKER } from '../rig/discretion';
import { acceptAll, commands, requireExactLedger, untilSettled } from '../rig/ledger';
import { requireNobodyDied, untilBlind, untilSeeing } from '../rig/liveness';
import { untilAway, untilReady } from '../rig/readiness';
import { inScene } from '../rig/scene';

const FROZEN_MS = 30_000;

describe('while SNS, SQS and DynamoDB are frozen for 30 s', () => {
  it(
    'the monitor is blind and says why, nobody is down, services say what is away, and nothing is lost',
    inScene({}, async (scene) => {
      await scene.start('service-a', 'service-b', 'heartbeat-monitor');
      await untilSeeing(scene);
      const before = await acceptAll(scene, commands(100, { subjects: 10, name: 'before' }));
      scene.freezeAws();
      const thawed = delay(FROZEN_MS).then(() => scene.thawAws());
      await untilBlind(scene, ['lag', 'canary']);
      await untilAway(scene, 'service-a', ['dynamodb', 'sns', 'sqs']);
      await untilAway(scene, 'service-b', ['dynamodb', 'sns', 'sqs']);
      const refused = await scene.a.post(
        '/events',
        { subject: 'during-0', operation: 'put', data: { f: PAYLOAD_MARKER } },
        { 'idempotency-key': 'during' },
      );
      expect(refused).toMatchObject({ status: 503, contentType: expect.stringContaining('problem+json') });
      await requireNobodyDied(scene);
      await thawed;

      await Promise.all([untilReady(scene, 'service-a'), untilReady(scene, 'service-b'), untilSeeing(scene)]);
      const repeated = await scene.a.post(
        '/events',
        { subject: 'during-0', operation: 'put', data: { f: PAYLOAD_MARKER } },
        { 'idempotency-key': 'during' },
      );
      expect(repeated.status).toBe(202);
      const { id, subject, lamport } = repeated.body as {
        readonly id: string;
        readonly subject: string;
        readonly lamport: number;
      };
      const after = await acceptAll(scene, commands(50, { subjects: 5, name: 'after' }));
      await untilSettled(scene, { withinMs: 60_000 });
      await requireExactLedger(scene, [...before, { id, subject, lamport, field: 'f' }, ...after]);
      await requireNobodyDied(scene);
    }),
    150_000,
  );
});
