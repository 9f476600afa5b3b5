import type { Fact, InstanceState } from '@latido/failure-detector';
import { endedOnRecord, endedUnheard } from './ended-unheard';

const about = { service: 'shop', instanceId: 'pod-1', incarnation: '2000-b', atMs: 1 };
const transition = (
  from: InstanceState,
  to: InstanceState,
  reason: Extract<Fact, { kind: 'transition' }>['reason'],
): Fact => ({
  kind: 'transition',
  ...about,
  from,
  to,
  reason,
  silentMs: 0,
});
const restart: Fact = { kind: 'restart', ...about, replacedIncarnation: '1000-a' };

describe('endedUnheard', () => {
  it('names whoever is declared dead', () => {
    expect(endedUnheard([transition('suspect', 'down', 'silence')])).toEqual([
      { service: 'shop', instance: 'pod-1/2000-b' },
    ]);
  });

  it('does not name whoever said goodbye', () => {
    expect(endedUnheard([transition('up', 'left', 'goodbye')])).toEqual([]);
  });

  it('names the start that was replaced without a goodbye', () => {
    expect(endedUnheard([restart])).toEqual([{ service: 'shop', instance: 'pod-1/1000-a' }]);
  });

  it('does not name a start that was replaced after its goodbye', () => {
    expect(endedUnheard([restart, transition('left', 'up', 'restart')])).toEqual([]);
  });
});

describe('endedOnRecord', () => {
  const up = { incarnation: '1000-a', state: 'up' };

  it('names whoever was put on record as dead', () => {
    expect(endedOnRecord(up, { ...about, state: 'down' })).toEqual({
      service: 'shop',
      instance: 'pod-1/2000-b',
    });
  });

  it('names the start that another one replaced without a goodbye', () => {
    expect(endedOnRecord(up, { ...about, state: 'up' })).toEqual({
      service: 'shop',
      instance: 'pod-1/1000-a',
    });
  });

  it.each([
    ['an instance that was not known', undefined],
    ['a start that had left', { ...up, state: 'left' }],
    ['the same start', { ...up, incarnation: about.incarnation }],
  ])('does not name %s', (_what, before) => {
    expect(endedOnRecord(before, { ...about, state: 'up' })).toBeUndefined();
  });

  it('names whoever left while nobody here listened', () => {
    expect(endedOnRecord({ ...up, incarnation: about.incarnation }, { ...about, state: 'left' })).toEqual({
      service: 'shop',
      instance: 'pod-1/2000-b',
    });
  });

  it('does not name whoever was heard to leave', () => {
    const left = { ...about, state: 'left' } as const;
    expect(endedOnRecord(left, left)).toBeUndefined();
  });
});
