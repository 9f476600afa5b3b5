import { eventually } from '@latido/testing';
import { PAYLOAD_MARKER } from '../rig/discretion';
import { acceptAll, commands, untilSettled } from '../rig/ledger';
import { inScene } from '../rig/scene';

/** The guard gives a call up after 1 s; after three it asks nobody for 5 s. */
const ANSWERS_WITHIN_MS = 1_500;
const RECOVERS_WITHIN_MS = 10_000;

describe('GET /subjects/{subject} of service-a', () => {
  it(
    'answers quickly without service-b, with the newest version it heard of, and with state again when service-b is back',
    inScene({}, async (scene) => {
      await scene.start('service-a', 'service-b');
      await acceptAll(scene, commands(2, { subjects: 1 }));
      await untilSettled(scene, { withinMs: 20_000 });
      const whole = { degraded: false, state: { version: 2, value: { f0: `${PAYLOAD_MARKER} 0` } } };
      await eventually(
        async () => expect((await scene.a.get('/subjects/cart-0')).body).toMatchObject(whole),
        {
          withinMs: RECOVERS_WITHIN_MS,
        },
      );

      await scene.kill('service-b', 'SIGKILL');
      for (let asked = 0; asked < 6; asked += 1) {
        const askedAtMs = performance.now();
        const answer = await scene.a.get('/subjects/cart-0');
        expect(performance.now() - askedAtMs).toBeLessThan(ANSWERS_WITHIN_MS);
        expect(answer).toMatchObject({ status: 200, body: { degraded: true, state: null, lastKnown: 2 } });
      }
      expect((await scene.a.get('/subjects/cart-0')).body).toMatchObject({ reason: 'circuit_open' });
      expect(await scene.a.get('/health/ready')).toMatchObject({ status: 200 });

      await scene.start('service-b');
      await eventually(
        async () => expect((await scene.a.get('/subjects/cart-0')).body).toMatchObject(whole),
        {
          withinMs: RECOVERS_WITHIN_MS,
        },
      );
    }),
    60_000,
  );
});
