import { explore } from './explore';
import { faulty } from './faulty';
import { seededRandom } from './seeded-random';
import { ViolationError } from './violation';
import { walk } from './walk';
import type { BuildWorld } from './world';

const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const isWrite = (call: string): boolean => call !== 'counter.read';

class Counter {
  value = 0;
  async read(): Promise<number> {
    return this.value;
  }
  async write(value: number): Promise<void> {
    this.value = value;
  }
  async add(amount: number): Promise<void> {
    this.value += amount;
  }
}

/** Two processes add one each; `finish` expects a value. */
function counting(
  addOne: (counter: Counter) => Promise<void>,
  expected: (value: number) => boolean,
  isMortal = false,
): BuildWorld {
  return async (interceptFor) => {
    const counter = new Counter();
    const processes = ['a', 'b'].map((name) => {
      const port = faulty('counter', counter, interceptFor(name));
      return { name, isMortal, threads: [() => addOne(port).catch(() => undefined)] };
    });
    return {
      processes,
      snapshot: () => `${counter.value}`,
      checkAlways: () => undefined,
      finish: async (late) => {
        for (const land of late) await land();
        if (!expected(counter.value)) throw new Error(`the counter is ${counter.value}`);
      },
    };
  };
}

const readThenWrite = async (counter: Counter): Promise<void> => counter.write((await counter.read()) + 1);
const add = (counter: Counter): Promise<void> => counter.add(1);

describe('exploring', () => {
  it('finds the one order in which an update is lost, and tells it', async () => {
    const options = { maxFaults: 0, isWrite, settle };
    const search = explore(
      counting(readThenWrite, (value) => value === 2),
      options,
    );
    await expect(search).rejects.toThrow(ViolationError);
    await expect(search).rejects.toMatchObject({
      trace: [
        'a: counter.read() happens',
        'b: counter.read() happens',
        'a: counter.write(1) happens',
        'b: counter.write(1) happens',
        'repair',
      ],
    });
  });

  it('tries every order and ends', async () => {
    const options = { maxFaults: 0, isWrite, settle };
    expect(
      await explore(
        counting(add, (value) => value === 2),
        options,
      ),
    ).toMatchObject({
      isComplete: true,
      // Nothing, a, b, both: the two ways to both are one state.
      states: 4,
    });
  });

  it('loses an effect with a fault, and only with one', async () => {
    const world = counting(add, (value) => value === 2, true);
    await expect(explore(world, { maxFaults: 0, isWrite, settle })).resolves.toMatchObject({
      isComplete: true,
    });
    await expect(explore(world, { maxFaults: 1, isWrite, settle })).rejects.toThrow(' dies');
  });

  it('meets every number of effects that faults can lead to', async () => {
    const met = new Set<number>();
    const world = counting(add, (value) => met.add(value) !== undefined, true);
    await explore(world, { maxFaults: 2, isWrite, settle });
    expect(met).toEqual(new Set([0, 1, 2]));
  });

  it('stops at its bound and says that it did', async () => {
    const options = { maxFaults: 2, maxSchedules: 2, isWrite, settle };
    expect(
      await explore(
        counting(add, () => true, true),
        options,
      ),
    ).toMatchObject({ schedules: 2, isComplete: false });
  });
});

describe('walking', () => {
  const options = { walks: 20, faultChance: 0.2, maxFaults: 1, isWrite, settle };

  it('finds a lost update on some way, and tells its seed', async () => {
    const search = walk(() => counting(readThenWrite, (value) => value === 2), { ...options, seed: 1 });
    await expect(search).rejects.toThrow(/\(seed \d+\)/);
  });

  it('walks the same ways for the same seed', async () => {
    const build = (): BuildWorld => counting(add, () => true, true);
    expect(await walk(build, { ...options, seed: 5 })).toEqual(await walk(build, { ...options, seed: 5 }));
  });

  it('gives each world the random source of its walk', async () => {
    const firsts: number[] = [];
    await walk(
      (random) => {
        firsts.push(random());
        return counting(add, () => true);
      },
      { ...options, walks: 2, seed: 3 },
    );
    expect(firsts).toEqual([seededRandom(3)(), seededRandom(4)()]);
  });
});
