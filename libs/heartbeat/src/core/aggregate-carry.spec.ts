import * as fc from 'fast-check';
import { AggregateCarry } from './aggregate-carry';

const bounds = { perBeat: 2, charactersPerBeat: 100, waiting: 4 };
const keyed = (key: string, n: number) => ({ key, aggregate: { key, n } });

describe('AggregateCarry', () => {
  it('takes the oldest first and leaves the rest for the next beat', () => {
    const carry = new AggregateCarry(bounds);
    carry.add([keyed('a', 1), keyed('b', 1), keyed('c', 1)]);
    expect(carry.take().map(({ key }) => key)).toEqual(['a', 'b']);
    expect(carry.take().map(({ key }) => key)).toEqual(['c']);
    expect(carry.take()).toEqual([]);
  });

  it('gives the newest of each key', () => {
    const carry = new AggregateCarry(bounds);
    carry.add([keyed('a', 1)]);
    carry.add([keyed('a', 2)]);
    expect(carry.take()).toEqual([keyed('a', 2)]);
  });

  it('sends what a failed beat had on the next one', () => {
    const carry = new AggregateCarry(bounds);
    carry.add([keyed('a', 1)]);
    carry.giveBack(carry.take());
    expect(carry.take()).toEqual([keyed('a', 1)]);
  });

  it('does not let what a failed beat had replace what was collected since', () => {
    const carry = new AggregateCarry(bounds);
    carry.add([keyed('a', 1)]);
    const failed = carry.take();
    carry.add([keyed('a', 2)]);
    carry.giveBack(failed);
    expect(carry.take()).toEqual([keyed('a', 2)]);
  });

  it('stops before a beat gets too long', () => {
    const carry = new AggregateCarry({ ...bounds, charactersPerBeat: 40 });
    carry.add([keyed('a'.repeat(9), 1), keyed('b'.repeat(9), 1)]);
    expect(carry.take()).toHaveLength(1);
    expect(carry.take()).toHaveLength(1);
  });

  it('drops and counts one that would never fit', () => {
    const carry = new AggregateCarry({ ...bounds, charactersPerBeat: 40 });
    carry.add([keyed('x'.repeat(99), 1), keyed('b', 1)]);
    expect(carry.take()).toEqual([keyed('b', 1)]);
    expect(carry.droppedTotal).toBe(1);
  });

  it('drops and counts the oldest when too many wait', () => {
    const carry = new AggregateCarry(bounds);
    carry.add(['a', 'b', 'c', 'd', 'e'].map((key) => keyed(key, 1)));
    expect(carry.take().map(({ key }) => key)).toEqual(['b', 'c']);
    expect(carry.droppedTotal).toBe(1);
  });

  it('delivers the newest of every key, whatever fails before, as long as no more wait than may', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(fc.record({ key, fails: fc.boolean() })), (steps) => {
        const carry = new AggregateCarry(bounds);
        const newest = new Map<string, number>();
        const delivered = new Map<string, unknown>();
        const beat = (fails: boolean) => {
          const taken = carry.take();
          if (fails) carry.giveBack(taken);
          else for (const each of taken) delivered.set(each.key, each.aggregate['n']);
          return taken.length;
        };
        steps.forEach((step, n) => {
          newest.set(step.key, n);
          carry.add([keyed(step.key, n)]);
          beat(step.fails);
        });
        while (beat(false) > 0);
        expect(delivered).toEqual(newest);
      }),
    );
  });
});
