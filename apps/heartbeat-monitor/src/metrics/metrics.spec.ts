import { array, assert, nat, property } from 'fast-check';
import { LiveGauge } from './live-gauge';
import { TotalCounter } from './total-counter';

class Series {
  readonly values = new Map<string, number>();
  inc({ service }: { readonly service: string }, amount: number): void {
    this.values.set(service, (this.values.get(service) ?? 0) + amount);
  }
  set({ service }: { readonly service: string }, value: number): void {
    this.values.set(service, value);
  }
  remove({ service }: { readonly service: string }): void {
    this.values.delete(service);
  }
}

describe('TotalCounter', () => {
  test('exposes a new series at 0 before it counts', () => {
    const series = new Series();
    const counter = new TotalCounter(series);
    counter.set({ service: 'a' }, 5);
    expect(series.values.get('a')).toBe(0);
    counter.set({ service: 'a' }, 5);
    expect(series.values.get('a')).toBe(5);
  });

  test('follows a total that only grows', () => {
    assert(
      property(array(nat(100), { minLength: 1 }), (steps) => {
        const series = new Series();
        const counter = new TotalCounter(series);
        counter.set({ service: 'a' }, 0);
        let total = 0;
        for (const step of steps) counter.set({ service: 'a' }, (total += step));
        expect(series.values.get('a')).toBe(total);
      }),
    );
  });

  test('counts on when a total began anew', () => {
    const series = new Series();
    const counter = new TotalCounter(series);
    for (const total of [0, 10, 3]) counter.set({ service: 'a' }, total);
    expect(series.values.get('a')).toBe(13);
  });

  test('removes what is not there any more', () => {
    const series = new Series();
    const counter = new TotalCounter(series);
    counter.set({ service: 'a' }, 1);
    counter.forgetUnseen();
    expect([...series.values.keys()]).toEqual(['a']);
    counter.forgetUnseen();
    expect([...series.values.keys()]).toEqual([]);
  });
});

describe('LiveGauge', () => {
  test('removes what was not set since the last page', () => {
    const series = new Series();
    const gauge = new LiveGauge(series);
    for (const service of ['a', 'b']) gauge.set({ service }, 1);
    gauge.forgetUnseen();
    gauge.set({ service: 'b' }, 2);
    gauge.forgetUnseen();
    expect([...series.values]).toEqual([['b', 2]]);
  });
});
