import type { Publisher } from '../core/publish/publisher';

/** What the suite needs of an adapter: a publisher, and the bodies and attributes that arrived behind it. */
export interface PublisherUnderTest {
  readonly publisher: Publisher;
  readonly arrived: (count: number) => Promise<readonly ArrivedMessage[]>;
}

/** A message behind the publisher under test. */
interface ArrivedMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Contract of the {@link Publisher} port; every adapter passes it. */
export function describePublisherContract(name: string, make: () => Promise<PublisherUnderTest>): void {
  describe(`the contract of a publisher, by ${name}`, () => {
    it('delivers the value of the body, whatever its characters, and the attributes', async () => {
      const { publisher, arrived } = await make();
      await publisher.publish([
        { body: '{"text":"ä 漢 😀"}', attributes: { type: 'a.v1', source: '/test' } },
      ]);
      const [message] = await arrived(1);
      expect(JSON.parse(message?.body ?? '')).toEqual({ text: 'ä 漢 😀' });
      expect(message?.attributes).toEqual({ type: 'a.v1', source: '/test' });
    });

    it('answers each of 25 messages, in their order, and delivers every one once', async () => {
      const { publisher, arrived } = await make();
      const bodies = Array.from({ length: 25 }, (_, i) => `{"n":${i}}`);
      const results = await publisher.publish(bodies.map((body) => ({ body, attributes: { type: 'a.v1' } })));
      expect(results.map(({ outcome }) => outcome)).toEqual(bodies.map(() => 'published'));
      expect((await arrived(25)).map(({ body }) => body).toSorted()).toEqual(bodies.toSorted());
    });

    it('refuses a message over 256 KB by a result and delivers its neighbours', async () => {
      const { publisher, arrived } = await make();
      const results = await publisher.publish([
        { body: '"small"', attributes: {} },
        { body: 'x'.repeat(262_145), attributes: {} },
      ]);
      expect(results).toMatchObject([
        { outcome: 'published' },
        { outcome: 'failed', code: 'message_too_large', retryable: false },
      ]);
      expect(await arrived(1)).toMatchObject([{ body: '"small"' }]);
    });

    it('refuses a tenth attribute, which would cost the trace', async () => {
      const { publisher } = await make();
      const attributes = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`name${i}`, 'value']));
      expect(await publisher.publish([{ body: '{}', attributes }])).toMatchObject([
        { outcome: 'failed', code: 'too_many_attributes', retryable: false },
      ]);
    });
  });
}
