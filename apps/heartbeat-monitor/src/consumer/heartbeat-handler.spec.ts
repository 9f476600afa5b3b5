import type { ReceivedMessage } from '@latido/messaging';
import { HeartbeatHandler } from './heartbeat-handler';

const message = (body: string): ReceivedMessage => ({
  messageId: body,
  receiptHandle: body,
  body,
  attributes: {},
  receiveCount: 1,
  sentAtMs: 0,
});

describe('HeartbeatHandler', () => {
  const handler = new HeartbeatHandler(
    { receive: ({ body }) => (body === 'unreadable' ? undefined : body) },
    { written: async (service) => service !== 'not-on-record' },
  );

  test('acknowledges what is on record, and what speaks of nobody', async () => {
    const dispositions = await handler.handle([message('shop'), message('unreadable')]);
    expect(dispositions).toEqual([{ kind: 'acknowledge' }, { kind: 'acknowledge' }]);
  });

  test('gives back what could not be put on record, and nothing else', async () => {
    const dispositions = await handler.handle([message('not-on-record'), message('shop')]);
    expect(dispositions.map(({ kind }) => kind)).toEqual(['giveBack', 'acknowledge']);
  });
});
