import { Test } from '@nestjs/testing';
import type { VersionStore } from '../core/version';
import type { VersionedValue } from '../core/versioned-value';
import { InMemoryVersionStore } from '../in-memory';
import { VERSION_STORE, VERSIONED_VALUE, VersionedValueModule } from '.';

describe(VersionedValueModule, () => {
  it('gives out the store and a versioned value that writes to it', async () => {
    const store = new InMemoryVersionStore();
    const app = await Test.createTestingModule({
      imports: [VersionedValueModule.forRoot({ store })],
    }).compile();
    await app.get<VersionedValue>(VERSIONED_VALUE).append({
      subject: 'service-a',
      operation: { kind: 'put', value: 'up' },
      requestId: 'transition#1',
      cause: { kind: 'event', source: '/heartbeat-monitor', epoch: 0 },
    });
    expect(app.get<VersionStore>(VERSION_STORE)).toBe(store);
    // printf '{"kind":"value","value":"up"}' | sha256sum
    expect((await store.readHead('service-a'))?.checksum).toBe(
      'a8868acdfdbf40423c2295069a4a900b015a53604a829bba11d724354f68b0b7',
    );
  });

  it('builds its options from other providers', async () => {
    const store = new InMemoryVersionStore();
    const storeModule = {
      module: class StoreModule {},
      providers: [{ provide: 'STORE', useValue: store }],
      exports: ['STORE'],
    };
    const app = await Test.createTestingModule({
      imports: [
        VersionedValueModule.forRootAsync({
          imports: [storeModule],
          inject: ['STORE'],
          useFactory: async (injected: VersionStore) => ({ store: injected }),
        }),
      ],
    }).compile();
    expect(app.get<VersionStore>(VERSION_STORE)).toBe(store);
  });
});
