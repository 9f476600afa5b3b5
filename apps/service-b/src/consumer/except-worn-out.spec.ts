import { ContractRegistry, type ReceivedMessage, STATE_CHANGED_V1 } from '@latido/messaging';
import { sha256Hex } from '@latido/messaging/aws';
import { aDelivery, anEventBody } from '../testing/an-event-message';
import { exceptWornOut } from './except-worn-out';
import type { Processed } from './process-batch';
import { understand } from './understand';

const contracts = new ContractRegistry([STATE_CHANGED_V1]);

function aProcess() {
  const tried: string[] = [];
  const ports = {
    maxReceiveCount: 100,
    understand: (message: ReceivedMessage) => understand(message, { contracts, sha256Hex }),
    process: async (batch: readonly ReceivedMessage[]): Promise<readonly Processed[]> =>
      batch.map((message) => {
        tried.push(message.body);
        return { message, understood: ports.understand(message), disposition: { kind: 'acknowledge' } };
      }),
  };
  return { tried, run: (...batch: readonly ReceivedMessage[]) => exceptWornOut(batch, ports) };
}

describe('exceptWornOut', () => {
  it('buries a message that was received too often without trying it, and handles its neighbours', async () => {
    const { run, tried } = aProcess();
    const [before, poison, after] = await run(
      aDelivery(anEventBody('e1'), 90),
      aDelivery(anEventBody('e2'), 91),
      aDelivery(anEventBody('e3'), 1),
    );
    expect(tried.map((body) => (JSON.parse(body) as { id: string }).id)).toEqual(['e1', 'e3']);
    expect([before?.disposition.kind, after?.disposition.kind]).toEqual(['acknowledge', 'acknowledge']);
    expect(poison?.disposition).toMatchObject({
      kind: 'deadLetter',
      reason: 'max_receives',
      requestId: 'e2',
      detail: 'received 91 times and not settled',
    });
  });

  it('tells the producer that nothing is certain', async () => {
    const [poison] = await aProcess().run(aDelivery(anEventBody('e2'), 100));
    expect(poison?.receiptAfterBurial).toMatchObject({
      subject: 'cart-1',
      data: { requestId: 'e2', outcome: 'failed', certain: false, reason: 'max_receives' },
    });
  });

  it('leaves what is no event its own reason', async () => {
    const [poison] = await aProcess().run(aDelivery('no json', 100));
    expect(poison?.disposition).toMatchObject({ reason: 'not_json' });
    expect(poison).not.toHaveProperty('receiptAfterBurial');
  });

  it('calls nobody for a batch in which nothing is to be tried', async () => {
    const { run, tried } = aProcess();
    expect(await run(aDelivery(anEventBody('e1'), 100))).toHaveLength(1);
    expect(tried).toEqual([]);
  });
});
