import { ContractRegistry, type OutgoingMessage, parseEnvelope, type PublishResult } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { heartbeatContract, validateHeartbeat } from '..';
import { aHeartbeat } from '../testing';
import { EventHeartbeatPublisher, HeartbeatNotPublishedError } from '.';

const sending = (result: PublishResult) => {
  const sent: OutgoingMessage[] = [];
  const publisher = new EventHeartbeatPublisher({
    publisher: { publish: async (messages) => (sent.push(...messages), [result]) },
    newId: () => 'beat-1',
    sha256Hex,
    lamport: () => 41,
  });
  return { sent, publisher };
};

describe('EventHeartbeatPublisher', () => {
  it('sends a heartbeat as an event that its contract accepts and that reads back as it was', async () => {
    const { sent, publisher } = sending({ outcome: 'published', messageId: 'm' });
    const heartbeat = aHeartbeat();
    await publisher.publish(heartbeat);
    const parsed = parseEnvelope(sent[0]?.body ?? '', { messageId: 'm', sentAtMs: 0, sha256Hex });
    if (parsed.outcome !== 'event') throw new Error(parsed.detail);
    expect(new ContractRegistry([heartbeatContract]).check(parsed.envelope)).toEqual({ outcome: 'ok' });
    expect(parsed.envelope).toMatchObject({ id: 'beat-1', source: `/${heartbeat.service}`, lamport: 41 });
    expect(validateHeartbeat(parsed.envelope.data)).toEqual({ outcome: 'valid', heartbeat });
  });

  it('throws with the reason of the topic when it did not take it', async () => {
    const { publisher } = sending({
      outcome: 'failed',
      code: 'unavailable',
      retryable: true,
      detail: 'ECONNREFUSED',
    });
    const publishing = publisher.publish(aHeartbeat());
    await expect(publishing).rejects.toThrow(HeartbeatNotPublishedError);
    await expect(publishing).rejects.toMatchObject({ reason: 'unavailable' });
  });
});
