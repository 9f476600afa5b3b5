import { eventually } from '@latido/testing';
import { acceptAll, commands, requireExactLedger, untilSettled } from '../rig/ledger';
import { untilAway, untilReady } from '../rig/readiness';
import { RentedCredentials } from '../rig/rented-credentials';
import { type App, inScene, type Scene } from '../rig/scene';

const APPS: readonly App[] = ['service-a', 'service-b'];
const DEPENDENCIES = ['dynamodb', 'sns', 'sqs'];
/** Two services ask each of three dependencies again and again: so many more refusals tell nobody anything new. */
const MORE_REFUSALS = 60;

/** Starts services that have rented what they sign with. */
async function start(scene: Scene, credentials: RentedCredentials): Promise<void> {
  const services = await Promise.all(APPS.map(async (app) => scene.spawn(app, credentials.env)));
  await Promise.all(services.map(async (service) => service.waitForReady()));
}

type Told = 'dependency_lost' | 'dependency_back';

/** Waits until a service has told something of every dependency. */
async function untilTold(scene: Scene, app: App, event: Told): Promise<void> {
  for (const dependency of DEPENDENCIES)
    await scene
      .processOf(app)
      .waitForLog((entry) => entry['event'] === event && entry['dependency'] === dependency);
}

/** Lines of one event in the log of a service, each of which is to be about another dependency. */
function linesOf(scene: Scene, app: App, event: Told) {
  const lines = scene.processOf(app).logs.filter((entry) => entry['event'] === event);
  expect(lines.map(({ dependency }) => String(dependency)).toSorted()).toEqual(DEPENDENCIES);
  return lines;
}

describe('when the AWS credentials of a running service expire', () => {
  it(
    'it says so once for each dependency, is not ready, goes on running, and loses nothing when they are renewed',
    inScene({}, async (scene) => {
      const credentials = await RentedCredentials.start(scene.endpoints);
      try {
        await start(scene, credentials);
        // Expired while these are on their way: some published, some applied, some reported.
        const before = await acceptAll(scene, commands(50, { subjects: 5, name: 'before' }));
        credentials.expire();
        for (const app of APPS) await untilAway(scene, app, DEPENDENCIES);
        for (const app of APPS) await untilTold(scene, app, 'dependency_lost');
        const refused = credentials.refused + MORE_REFUSALS;
        await eventually(() => expect(credentials.refused).toBeGreaterThan(refused), { withinMs: 60_000 });
        for (const app of APPS) {
          for (const { reason } of linesOf(scene, app, 'dependency_lost'))
            expect(reason).toMatch(/ExpiredToken.* is expired; renew the AWS credentials of this process$/);
          expect(await scene.clientOf(app).get('/health/live')).toMatchObject({ status: 200 });
        }
        credentials.renew();
        for (const app of APPS) await untilReady(scene, app);
        const after = await acceptAll(scene, commands(20, { subjects: 5, name: 'after' }));
        await untilSettled(scene, { withinMs: 60_000 });
        await requireExactLedger(scene, [...before, ...after]);
        for (const app of APPS) {
          await untilTold(scene, app, 'dependency_back');
          linesOf(scene, app, 'dependency_back');
        }
      } finally {
        await credentials.close();
      }
    }),
    120_000,
  );
});
