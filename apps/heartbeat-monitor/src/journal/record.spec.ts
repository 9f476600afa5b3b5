import { ServiceRecord } from './record';
import type { StateChange } from './state-change';

const change = (to: StateChange['to'], atMs: number, more: Partial<StateChange> = {}): StateChange => ({
  instanceId: 'a',
  incarnation: '1-x',
  to,
  reason: 'silence',
  atMs,
  ...more,
});

describe('what is on record of a service', () => {
  test('takes every first change of an instance for news', () => {
    expect(new ServiceRecord().news([change('up', 1)])).toHaveLength(1);
  });

  test('takes the same state of the same incarnation for old, whoever found it out later', () => {
    const record = new ServiceRecord();
    record.note([change('down', 10)]);
    expect(record.news([change('down', 12)])).toEqual([]);
  });

  test('takes a second death for news after the instance was up again', () => {
    const record = new ServiceRecord();
    record.note([change('down', 10), change('up', 20)]);
    expect(record.news([change('down', 30)])).toHaveLength(1);
  });

  test('takes another incarnation for news', () => {
    const record = new ServiceRecord();
    record.note([change('up', 10)]);
    expect(record.news([change('up', 20, { incarnation: '2-y' })])).toHaveLength(1);
  });

  test('leaves aside what was found out before something that is on record', () => {
    const record = new ServiceRecord();
    record.note([change('down', 10), change('up', 60)]);
    expect(record.news([change('down', 12)])).toEqual([]);
  });

  test('judges each change after the ones before it in the same list', () => {
    const all = [change('up', 1), change('up', 1), change('down', 2), change('up', 3)];
    expect(new ServiceRecord().news(all).map(({ to }) => to)).toEqual(['up', 'down', 'up']);
  });

  test('forgets who was buried, and the one changed longest ago when there are too many', () => {
    const record = new ServiceRecord(1);
    record.note([change('up', 1), change('buried', 2)]);
    expect(record.news([change('up', 1)])).toHaveLength(1);
    record.note([change('up', 1), change('up', 1, { instanceId: 'b' })]);
    expect(record.news([change('up', 1)])).toHaveLength(1);
  });
});
