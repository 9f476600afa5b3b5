import { Test } from '@nestjs/testing';
import type { Outbox } from '../core/outbox';
import type { RelayReport } from '../core/outbox-relay';
import { InMemoryOutboxStore } from '../in-memory';
import { CLAIM_LIFE_MS, LogFixture, SERVICE } from '../testing/log-fixture';
import {
  LOG_KEEPER,
  type LogKeeper,
  OUTBOX,
  OutboxModule,
  type OutboxModuleSettings,
  RelayTimer,
  WriteAheadLogModule,
} from '.';

describe('WriteAheadLogModule', () => {
  it('provides one keeper that opens slots', async () => {
    const log = new LogFixture();
    const app = await Test.createTestingModule({
      imports: [
        WriteAheadLogModule.forRootAsync({
          useFactory: () => ({
            service: SERVICE,
            ports: log.ports,
            claimLifeMs: CLAIM_LIFE_MS,
            redeliver: () => Promise.resolve(),
          }),
        }),
      ],
    }).compile();
    const keeper = app.get<LogKeeper<string>>(LOG_KEEPER);
    expect((await keeper.open()).slot).toBe(0);
    await keeper.close();
    await app.close();
  });
});

describe('OutboxModule', () => {
  it('publishes what has no receipt until it is stopped', async () => {
    const published: string[] = [];
    const store = new InMemoryOutboxStore();
    let tellRound: (report: RelayReport) => void = () => undefined;
    const firstRound = new Promise<RelayReport>((resolve) => (tellRound = resolve));
    const settings: OutboxModuleSettings = {
      service: 'service-a',
      store,
      publish: async ({ message }) => void published.push(message),
      entryLifeMs: 1_000_000,
      overdueAfterMs: 60_000,
      relayEveryMs: 1,
      onRound: (report) => (report.republished > 0 ? tellRound(report) : undefined),
    };
    const app = await Test.createTestingModule({
      imports: [OutboxModule.forRootAsync({ useFactory: () => settings })],
    }).compile();
    const { entry } = await app.get<Outbox>(OUTBOX).accept({
      id: 'e-1',
      service: 'service-a',
      subject: 'cart-7',
      topic: 'state-events',
      message: 'as it was',
      fingerprint: 'f-1',
    });
    await store.replace({ from: entry, to: { ...entry, nextAtMs: 0, revision: 2 } });
    await app.init();
    expect(await firstRound).toMatchObject({ found: 1, republished: 1 });
    await app.get(RelayTimer).stop();
    expect(published).toEqual(['as it was']);
    await app.close();
  });
});
