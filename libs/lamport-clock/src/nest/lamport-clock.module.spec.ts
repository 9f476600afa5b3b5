import { Test } from '@nestjs/testing';
import { InMemoryLimitStore } from '../in-memory';
import { LAMPORT_CLOCK, LamportClockModule } from '.';

describe('LamportClockModule', () => {
  it('provides one open clock for the whole application', async () => {
    const store = new InMemoryLimitStore();
    const app = await Test.createTestingModule({
      imports: [
        LamportClockModule.forRootAsync({
          useFactory: () => Promise.resolve({ service: 'service-a', store }),
        }),
      ],
    }).compile();
    expect(app.get(LAMPORT_CLOCK)).toBe(app.get(LAMPORT_CLOCK));
    expect(await app.get<{ tick(): Promise<number> }>(LAMPORT_CLOCK).tick()).toBe(1);
    await app.close();
  });

  it('fails the start when the store cannot be reached', async () => {
    const away = () => Promise.reject(new Error('store away'));
    const starting = Test.createTestingModule({
      imports: [
        LamportClockModule.forRootAsync({
          useFactory: () => ({ service: 'service-a', store: { reserve: away, raiseTo: away } }),
        }),
      ],
    }).compile();
    await expect(starting).rejects.toThrow('store away');
  });
});
