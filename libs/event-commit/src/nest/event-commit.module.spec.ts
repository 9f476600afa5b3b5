import { Test } from '@nestjs/testing';
import type { EventCommitter } from '../core/event-committer';
import { createInMemoryCommitter, createInMemoryTables } from '../in-memory';
import { anEvent } from '../testing';
import { EVENT_COMMITTER, EventCommitModule } from '.';

describe(EventCommitModule, () => {
  it('gives out a committer on the stores and with the numbers that other providers bring', async () => {
    const tables = createInMemoryTables();
    const storeModule = {
      module: class StoreModule {},
      providers: [{ provide: 'TABLES', useValue: tables }],
      exports: ['TABLES'],
    };
    const app = await Test.createTestingModule({
      imports: [
        EventCommitModule.forRootAsync({
          imports: [storeModule],
          inject: ['TABLES'],
          useFactory: async ({ claims, versions }: typeof tables) => ({
            claims,
            versions,
            lamportAfter: (clock) => clock + 1,
            options: { maxValueBytes: 10 },
          }),
        }),
      ],
    }).compile();
    const committer = app.get<EventCommitter>(EVENT_COMMITTER);
    const log = await createInMemoryCommitter({ tables }).openLog();
    const small = anEvent('small', { timeMs: Date.now(), operation: { kind: 'put', value: 1 } });
    const large = anEvent('large', { timeMs: Date.now() });
    expect(await committer.commitBatch([small, large], log)).toEqual([
      { kind: 'applied', version: 1 },
      { kind: 'rejected', reason: 'value_too_large', certain: true },
    ]);
  });
});
