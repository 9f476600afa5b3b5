import type { OutgoingMessage } from '@latido/messaging';
import { eventually } from '@latido/testing';
import { PAYLOAD_MARKER } from '../rig/discretion';
import { foreignEvent, plainText } from '../rig/foreign-event';
import { acceptAll, commands, type ShownVersion } from '../rig/ledger';
import { QueueDesk } from '../rig/queue-desk';
import { Scene } from '../rig/scene';

interface ShownLetter {
  readonly id: string;
  readonly queue: string;
  readonly requestId?: string;
  readonly reason: string;
  readonly body: string;
}

interface ShownEvent {
  readonly id: string;
  readonly status: string;
  readonly certain?: boolean;
  readonly reason?: string;
  readonly version?: number;
}

const WITHIN = { withinMs: 20_000 };
const DAY_MS = 24 * 60 * 60 * 1_000;

const POISON = [
  { what: 'is not JSON', message: plainText(`{"${PAYLOAD_MARKER}`), reason: 'not_json' },
  { what: 'is JSON, but no object', message: plainText(`["${PAYLOAD_MARKER}"]`), reason: 'not_an_object' },
  {
    what: 'is a CloudEvent without a source and a type',
    message: foreignEvent({ source: 7, type: null }),
    reason: 'invalid_attribute',
  },
  {
    what: 'is a CloudEvent of another version of CloudEvents',
    message: foreignEvent({ specversion: '0.3' }),
    reason: 'unsupported_specversion',
  },
  {
    what: 'has an unknown type',
    message: foreignEvent({ type: 'shop.order.placed.v1' }),
    reason: 'unknown_type',
  },
  {
    what: 'has an unknown contract version',
    message: foreignEvent({ type: 'latido.state.changed.v9' }),
    reason: 'unknown_version',
  },
  {
    what: 'has data that its contract forbids',
    message: foreignEvent({ data: { operation: 'drop', value: PAYLOAD_MARKER } }),
    reason: 'invalid_data',
  },
  {
    what: 'is older than the dedup horizon',
    message: foreignEvent({ time: new Date(Date.now() - 60 * DAY_MS).toISOString() }),
    reason: 'beyond_horizon',
  },
  {
    what: 'is larger than SNS takes',
    message: foreignEvent({ data: { operation: 'put', value: 'x'.repeat(300_000) } }),
    reason: 'too_large',
  },
];

describe('messages that should not be', () => {
  let scene: Scene;
  let desk: QueueDesk;

  beforeAll(async () => {
    scene = await Scene.open();
    desk = new QueueDesk(scene.aws);
    // A second start: in its first reservation of Lamport times, a service believes any time.
    await scene.start('service-b');
    await scene.kill('service-b', 'SIGKILL');
    await scene.start('service-a', 'service-b');
  }, 60_000);
  afterAll(async () => scene.close());

  const story = (body: () => Promise<void>) => () => scene.tell(body);

  async function send(...messages: readonly OutgoingMessage[]): Promise<void> {
    await desk.put(scene.names.queue('service-b-events'), messages);
  }

  async function event(id: string): Promise<ShownEvent> {
    return scene.a.read<ShownEvent>(`/events/${id}`);
  }

  async function letters(): Promise<readonly ShownLetter[]> {
    const { items } = await scene.a.read<{ readonly items: readonly ShownLetter[] }>('/dead-letters');
    return items;
  }

  async function deadLettersCounted(reason: string): Promise<number> {
    const line = `interop_dead_letters_total{queue="service-b-events",reason="${reason}"} `;
    const page = (await scene.metrics('service-b')).split('\n');
    return Number(page.find((text) => text.startsWith(line))?.slice(line.length) ?? 0);
  }

  async function applied(id: string): Promise<ShownEvent> {
    return eventually(async () => {
      const shown = await event(id);
      expect(shown.status).toBe('complete');
      return shown;
    }, WITHIN);
  }

  /** Sends one bad message, and waits until it is a dead letter. */
  async function buried(poison: OutgoingMessage): Promise<ShownLetter> {
    await send(poison);
    return eventually(async () => {
      const letter = (await letters()).find(({ body }) => body === poison.body);
      expect(letter).toBeDefined();
      return letter!;
    }, WITHIN);
  }

  describe('sent together with good ones', () => {
    let found: readonly ShownLetter[] = [];

    beforeAll(
      story(async () => {
        await send(
          ...POISON.flatMap(({ message, reason }) => [
            message,
            foreignEvent({ subject: `beside ${reason}` }),
          ]),
        );
        found = await eventually(async () => {
          const now = await letters();
          expect(now.length).toBeGreaterThanOrEqual(POISON.length);
          return now;
        }, WITHIN);
      }),
      30_000,
    );

    it.each(POISON)(
      'go to the dead-letter queue with the reason $reason and are counted: one that $what',
      async ({ message, reason }) =>
        scene.tell(async () => {
          expect(found.filter(({ body }) => body === message.body)).toEqual([
            expect.objectContaining({ reason, queue: 'service-b-events' }),
          ]);
          expect(await deadLettersCounted(reason)).toBe(1);
        }),
    );

    it.each(POISON)('leave a good one beside it alone: one that $what', async ({ reason }) =>
      scene.tell(async () =>
        eventually(
          async () =>
            expect(await scene.b.get(`/services/${encodeURIComponent(`beside ${reason}`)}`)).toMatchObject({
              status: 200,
              body: { version: 1 },
            }),
          WITHIN,
        ),
      ),
    );
  });

  it(
    'do not change or fail the event whose id they took: another payload under an id is quarantined',
    story(async () => {
      const [original] = await acceptAll(scene, commands(1, { subjects: 1, name: 'original' }));
      await applied(original!.id);
      const { event: envelope } = await scene.a.read<{ readonly event: object }>(`/events/${original!.id}`);
      const impostor = foreignEvent({
        ...envelope,
        data: { operation: 'put', value: { other: PAYLOAD_MARKER } },
      });
      const letter = await buried(impostor);
      expect(letter).toMatchObject({ reason: 'fingerprint_conflict', requestId: original!.id });
      expect(await deadLettersCounted('fingerprint_conflict')).toBe(1);
      expect(await event(original!.id)).toMatchObject({ status: 'complete', version: 1 });
      const versions = await scene.b.readAll<ShownVersion>('/services/original-0/versions');
      expect(versions.map(({ value }) => value)).toEqual([{ f0: `${PAYLOAD_MARKER} 0` }]);
    }),
    30_000,
  );

  it(
    'are applied, flagged and counted when they come from a clock far in the future, which moves ours a bounded step',
    story(async () => {
      const clockBefore = await lamportClock();
      const absurd = 4_000_000_000_000_000;
      await send(foreignEvent({ subject: 'future-1', lamport: String(absurd) }));
      const version = await eventually(
        () => scene.b.read<ShownVersion & { readonly clock: number }>('/services/future-1'),
        WITHIN,
      );
      expect(version).toMatchObject({ version: 1, lamport: absurd });
      expect(version.clock).toBeLessThan(absurd / 1_000);
      expect(await scene.metrics('service-b')).toMatch(
        /interop_lamport_clamped_total\{service="service-b"\} 1\b/,
      );
      expect(await lamportClock()).toBeGreaterThan(clockBefore);
      expect(await lamportClock()).toBeLessThan(absurd / 1_000);
    }),
    30_000,
  );

  it(
    'fail for certain when the value would grow over 380 KB by merges, and so does every copy; the value stays',
    story(async () => {
      const big = (field: string) => ({ [field]: `${PAYLOAD_MARKER}${'x'.repeat(200_000)}` });
      const post = async (data: object): Promise<string> => {
        const answer = await scene.a.post('/events', { subject: 'large-1', operation: 'merge', data });
        expect([answer.status, answer.body]).toEqual([202, expect.anything()]);
        return (answer.body as { readonly id: string }).id;
      };
      await applied(await post(big('first')));
      const second = await post(big('second'));
      const rejected = { status: 'failed', certain: true, reason: 'value_too_large' };
      const shown = await eventually(async () => {
        const found = await event(second);
        expect(found).toMatchObject(rejected);
        return found as ShownEvent & { readonly event: object };
      }, WITHIN);
      await send(foreignEvent({ ...shown.event }));
      await eventually(
        async () =>
          expect(await scene.metrics('service-b')).toMatch(
            /interop_commits_total\{outcome="rejected"\} [2-9]/,
          ),
        WITHIN,
      );
      expect(await event(second)).toMatchObject(rejected);
      expect(await scene.b.get('/services/large-1')).toMatchObject({ body: { version: 1 } });
      expect((await letters()).map(({ requestId }) => requestId)).not.toContain(second);
    }),
    30_000,
  );

  it(
    'complete after a redrive when what kept them from it is gone',
    story(async () => {
      await scene.b.put('/consumer', { mode: 'manual' });
      const [own] = await acceptAll(scene, commands(1, { subjects: 1, name: 'redriven' }));
      const queue = scene.names.queue('service-b-events');
      await eventually(async () => expect(await desk.depth(queue)).toMatchObject({ visible: 1 }), WITHIN);
      await desk.put(scene.names.deadLetterQueue('service-b-events'), await desk.takeAll(queue));
      const letter = (await letters()).find(({ requestId }) => requestId === own!.id);
      expect(letter).toMatchObject({ queue: 'service-b-events', reason: 'max_receives' });
      expect(await scene.a.post(`/dead-letters/${letter!.id}/redrive`)).toMatchObject({
        status: 200,
        body: { outcome: 'redriven', requestId: own!.id },
      });
      await scene.b.put('/consumer', { mode: 'auto' });
      expect(await applied(own!.id)).toMatchObject({ version: 1 });
      expect((await letters()).map(({ requestId }) => requestId)).not.toContain(own!.id);
      expect(await scene.a.post(`/dead-letters/${letter!.id}/redrive`)).toMatchObject({
        status: 404,
        body: { code: 'dead_letter_unknown' },
      });
    }),
    30_000,
  );

  it(
    'come back with the same reason after a redrive of all that changed nothing',
    story(async () => {
      const poison = foreignEvent({ type: 'shop.order.cancelled.v1' });
      const before = await buried(poison);
      const all = await letters();
      const { body } = await scene.a.post('/dead-letters/redrive');
      expect(body).toMatchObject({ redriven: all.length });
      const again = await eventually(async () => {
        const now = await letters();
        expect(now.map((letter) => letter.reason).toSorted()).toEqual(
          all.map(({ reason }) => reason).toSorted(),
        );
        return now.find((letter) => letter.body === poison.body);
      }, WITHIN);
      expect(again).toMatchObject({ reason: 'unknown_type' });
      expect(again!.id).not.toBe(before.id);
    }),
    30_000,
  );

  it(
    'on the queue of receipts go to its dead-letter queue, and settle nothing',
    story(async () => {
      await desk.put(scene.names.queue('service-a-receipts'), [plainText('no receipt')]);
      await eventually(
        async () =>
          expect(await letters()).toContainEqual(
            expect.objectContaining({ queue: 'service-a-receipts', reason: 'not_json', body: 'no receipt' }),
          ),
        WITHIN,
      );
    }),
    30_000,
  );

  async function lamportClock(): Promise<number> {
    const page = await scene.metrics('service-b');
    return Number(/interop_lamport_clock\{service="service-b"\} (\S+)/.exec(page)?.[1]);
  }
});
