import { Test } from '@nestjs/testing';
import type { ClaimStore } from '../core/claim';
import type { IdempotentReceiver } from '../core/idempotent-receiver';
import { InMemoryClaimStore } from '../in-memory';
import { CLAIM_STORE, HorizonTooShortError, IDEMPOTENT_RECEIVER, IdempotentReceiverModule } from '.';

const DAY_MS = 24 * 60 * 60 * 1000;
const store = new InMemoryClaimStore<string>();
const twoWeeks = { retentionMs: 14 * DAY_MS, deadLetterRetentionMs: 14 * DAY_MS };
const redelivery = { queues: [{ name: 'service-b-events', ...twoWeeks }], redriveMs: 14 * DAY_MS };

const compile = async (options: Parameters<typeof IdempotentReceiverModule.forRoot<string>>[0]) =>
  Test.createTestingModule({ imports: [IdempotentReceiverModule.forRoot(options)] }).compile();

describe(IdempotentReceiverModule, () => {
  it('gives out the store and a receiver that claims in it', async () => {
    const app = await compile({ store });
    const receiver = app.get<IdempotentReceiver<string>>(IDEMPOTENT_RECEIVER);
    await receiver.receive({ requestId: 'http#1', fingerprint: 'f', decide: () => 'outbox#1' });
    expect(app.get<ClaimStore<string>>(CLAIM_STORE)).toBe(store);
    expect((await store.read('http#1'))?.decision).toBe('outbox#1');
  });

  it('builds its options from other providers', async () => {
    const app = await Test.createTestingModule({
      imports: [
        IdempotentReceiverModule.forRootAsync<string>({
          imports: [
            {
              module: class StoreModule {},
              providers: [{ provide: 'STORE', useValue: store }],
              exports: ['STORE'],
            },
          ],
          inject: ['STORE'],
          useFactory: async (injected: ClaimStore<string>) => ({ store: injected }),
        }),
      ],
    }).compile();
    expect(app.get<ClaimStore<string>>(CLAIM_STORE)).toBe(store);
  });

  it('starts with the default horizon on queues that keep messages as long as SQS allows', async () => {
    await expect(compile({ store, redelivery })).resolves.toBeDefined();
  });

  it('refuses to start with a horizon that a queue outlasts, and says which and what to do', async () => {
    const start = compile({ store, redelivery, horizonMs: 30 * DAY_MS });
    await expect(start).rejects.toThrow(HorizonTooShortError);
    await expect(start).rejects.toThrow(/30 days .* service-b-events \(42 days\): raise it to 42 days/);
  });
});
