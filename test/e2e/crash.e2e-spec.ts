import { eventually } from '@latido/testing';
import { acceptAll, type Command, commands, fieldOf, requireExactLedger, untilSettled } from '../rig/ledger';
import { inScene, type Scene } from '../rig/scene';
import { heldSlots } from '../rig/writers';

const SETTLES_WITHIN = { withinMs: 60_000 };

describe('after kill -9', () => {
  it(
    'of service-b in the middle of its work, the ledger is the same as without, and its log slots are taken over',
    inScene({}, async (scene) => {
      await scene.start('service-a', 'service-b');
      const accepted = await acceptAll(scene, commands(300, { subjects: 12 }));
      await applied(scene, 50);
      await scene.kill('service-b', 'SIGKILL');
      const slots = await heldSlots(scene);
      expect(slots.length).toBeGreaterThan(0);
      const pending = await scene.a.read<{ readonly items: readonly unknown[] }>('/events?status=pending');
      expect(pending.items.length).toBeGreaterThan(0); // or it was not the middle
      await scene.start('service-b');
      await untilSettled(scene, SETTLES_WITHIN);
      await requireExactLedger(scene, accepted);
      await eventually(async () => {
        const now = await heldSlots(scene);
        for (const { slot, token } of slots)
          expect(now).not.toContainEqual(expect.objectContaining({ slot, token }));
      }, SETTLES_WITHIN);
    }),
    120_000,
  );

  it(
    'of service-a in the middle of requests, whatever was answered 202 completes, and a repeated key makes no second event',
    inScene({}, async (scene) => {
      await scene.start('service-a', 'service-b');
      const all = commands(200, { subjects: 10, name: 'order' });
      const answered = new Map<string, string>();
      const sending = sendEach(scene, all, answered);
      await eventually(() => expect(answered.size).toBeGreaterThan(60), SETTLES_WITHIN);
      await scene.kill('service-a', 'SIGKILL');
      const firstAnswers = await sending;
      expect(answered.size).toBeLessThan(all.length); // or it was not the middle
      await scene.start('service-a');

      await sendEach(scene, all, answered);
      expect(answered.size).toBe(all.length);
      for (const [key, id] of firstAnswers) expect([key, answered.get(key)]).toEqual([key, id]);

      await untilSettled(scene, SETTLES_WITHIN);
      const accepted = all.map((command) => ({
        id: answered.get(command.idempotencyKey) ?? '',
        subject: command.subject,
        lamport: 0,
        field: fieldOf(command),
      }));
      await requireExactLedger(scene, accepted);
    }),
    120_000,
  );
});

/** Waits until so many versions exist at least. */
async function applied(scene: Scene, count: number): Promise<void> {
  await eventually(async () => {
    const page = await scene.metrics('service-b');
    const commits = /interop_commits_total\{outcome="applied"\} (\d+)/.exec(page)?.[1];
    expect(Number(commits ?? 0)).toBeGreaterThanOrEqual(count);
  }, SETTLES_WITHIN);
}

const AT_ONCE = 8;

/**
 * Sends each command under its key, a few at a time, and notes the id of each that was answered 202.
 * @returns what was answered when the last request had ended, whether by an answer or by a broken connection.
 */
async function sendEach(
  { a }: Scene,
  all: readonly Command[],
  answered: Map<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const waiting = [...all];
  const sendSome = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { idempotencyKey, ...command } = next;
      const answer = await a
        .post('/events', command, { 'idempotency-key': idempotencyKey })
        .catch(() => undefined);
      if (answer?.status === 202) answered.set(idempotencyKey, (answer.body as { readonly id: string }).id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
  return new Map(answered);
}
