import type { OperationLog } from '@latido/event-commit';
import { LogSlot } from './log-slot';
import { LogSlots } from './log-slots';

/** Opens logs named by their number; those that are fenced refuse every append. */
function someLogs() {
  const fenced = new Set<number>();
  let opened = 0;
  const open = async (): Promise<OperationLog> => {
    opened += 1;
    const number = opened;
    return {
      append: async () =>
        fenced.has(number)
          ? { outcome: 'fenced' }
          : { outcome: 'appended', places: [{ number, index: 0, token: '' }] },
      finish: () => undefined,
    };
  };
  return { open, fenced, opened: () => opened };
}

const slotOf = async (log: OperationLog): Promise<number | undefined> => {
  const append = await log.append([]);
  return append.outcome === 'appended' ? append.places[0]?.number : undefined;
};

describe('LogSlot', () => {
  it('opens one log, however many use it', async () => {
    const logs = someLogs();
    const slot = new LogSlot(logs.open);
    await Promise.all([slot.use(), slot.use()]);
    await slot.use();
    expect(logs.opened()).toBe(1);
  });

  it('opens another log after an append was fenced', async () => {
    const logs = someLogs();
    const slot = new LogSlot(logs.open);
    logs.fenced.add(1);
    expect(await slotOf(await slot.use())).toBeUndefined();
    expect(await slotOf(await slot.use())).toBe(2);
  });

  it('keeps the new log when a user of the old one learns late that it is fenced', async () => {
    const logs = someLogs();
    const slot = new LogSlot(logs.open);
    const old = await slot.use();
    logs.fenced.add(1);
    await old.append([]);
    await slot.use();
    await old.append([]);
    expect(await slotOf(await slot.use())).toBe(2);
  });

  it('tries again when opening failed', async () => {
    const logs = someLogs();
    let fails = true;
    const slot = new LogSlot(() => (fails ? Promise.reject(new Error('away')) : logs.open()));
    await expect(slot.use()).rejects.toThrow('away');
    fails = false;
    expect(await slotOf(await slot.use())).toBe(1);
  });
});

describe('LogSlots', () => {
  it('lends each batch a slot of its own, and makes one more wait', async () => {
    const slots = new LogSlots({ count: 2, ...someLogs() });
    const used: (number | undefined)[] = [];
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const work = async (log: OperationLog): Promise<void> => {
      used.push(await slotOf(log));
      await released;
    };
    const all = [slots.lend(work), slots.lend(work), slots.lend(work)];
    await new Promise(setImmediate);
    expect(used).toEqual([1, 2]);
    release();
    await Promise.all(all);
    expect(used).toHaveLength(3);
  });

  it('takes a slot back from work that throws', async () => {
    const slots = new LogSlots({ count: 1, ...someLogs() });
    await expect(slots.lend(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await slots.lend(slotOf)).toBe(1);
  });

  it('opens every slot at once when told to', async () => {
    const logs = someLogs();
    await new LogSlots({ count: 3, ...logs }).openAll();
    expect(logs.opened()).toBe(3);
  });
});
