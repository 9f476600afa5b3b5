import type { OutgoingMessage, PublishResult } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import type { OutboxEntry } from '@latido/write-ahead-log';
import { MemoryWorld, settle, startProcess } from '../testing/memory-service';
import { EventNotPublishedError, EventPublisher } from './event-publisher';

const PUBLISHED: PublishResult = { outcome: 'published', messageId: 'm' };
const FAILED: PublishResult = {
  outcome: 'failed',
  code: 'unavailable',
  retryable: true,
  detail: 'ECONNREFUSED',
};

describe('EventPublisher', () => {
  let entry: OutboxEntry;
  let sent: OutgoingMessage[];
  let failures: Error[];

  beforeEach(async () => {
    const world = new MemoryWorld();
    const { acceptor } = await startProcess(world);
    await acceptor.accept({ command: { subject: 'cart ü', operation: 'put', data: {} } });
    entry = world.outbox.all()[0]!;
    sent = [];
    failures = [];
  });

  const publisher = (result: PublishResult, fifo = false) =>
    new EventPublisher({
      publisher: { publish: async (messages) => (sent.push(...messages), [result]) },
      fifo,
      sha256Hex,
      onFailed: ({ error }) => failures.push(error),
    });

  it('sends the message byte for byte, with what subscriptions filter on', async () => {
    await publisher(PUBLISHED).publish(entry);
    expect(sent).toEqual([
      {
        body: entry.message,
        attributes: { type: 'latido.state.changed.v1', source: '/service-a', contractVersion: '1' },
      },
    ]);
  });

  it('groups by subject and deduplicates by id where the topic keeps order', async () => {
    await publisher(PUBLISHED, true).publish(entry);
    expect(sent[0]).toMatchObject({ groupId: sha256Hex('cart ü'), deduplicationId: entry.id });
  });

  it('throws for the relay when the topic did not take it', async () => {
    await expect(publisher(FAILED).publish(entry)).rejects.toThrow(EventNotPublishedError);
  });

  it('only tells of a failure in the background', async () => {
    publisher(FAILED).publishSoon(entry);
    await settle();
    expect(failures).toMatchObject([{ code: 'event_not_published', reason: 'unavailable' }]);
  });
});
