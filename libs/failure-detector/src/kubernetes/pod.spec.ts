import { conditionOf, isKept, type Pod } from './pod';

const running = { running: {} };
const crashed = { terminated: { finishedAt: '2026-11-01T12:00:00Z' } };
const CRASHED_AT_MS = Date.parse('2026-11-01T12:00:00Z');

function aPod(change: {
  readonly metadata?: Pod['metadata'];
  readonly status?: Pod['status'];
  readonly state?: object;
  readonly lastState?: object;
}): Pod {
  const { metadata = {}, status = {}, state = running, lastState = {} } = change;
  return {
    metadata: { uid: 'u-1', labels: {}, ...metadata },
    spec: { containers: [{ name: 'main' }, { name: 'proxy' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        { name: 'proxy', state: crashed },
        { name: 'main', state, lastState },
      ],
      ...status,
    },
  };
}

describe('the condition of a pod', () => {
  it('is ready while its condition says so, whatever its side-cars do', () => {
    expect(conditionOf(aPod({}))).toEqual({ pod: 'ready' });
  });

  it.each([
    ['its condition says no', [{ type: 'Ready', status: 'False' }]],
    ['its node is not heard of', [{ type: 'Ready', status: 'Unknown' }]],
    ['it has no conditions yet', []],
  ])('is not ready when %s', (_when, conditions) => {
    expect(conditionOf(aPod({ status: { conditions } }))).toEqual({ pod: 'not_ready' });
  });

  it('is leaving from when it was told to end', () => {
    const pod = aPod({ metadata: { deletionTimestamp: '2026-11-01T12:00:00Z' } });
    expect(conditionOf(pod)).toEqual({ pod: 'leaving' });
  });

  it.each([
    ['its main container has ended', { state: crashed }],
    [
      'its main container ended and waits to be started again',
      { state: { waiting: {} }, lastState: crashed },
    ],
  ])('is exited, and since when, while %s', (_when, change) => {
    expect(conditionOf(aPod(change))).toEqual({ pod: 'exited', exitedAtMs: CRASHED_AT_MS });
  });

  it('is not exited when its main container was started again', () => {
    expect(conditionOf(aPod({ lastState: crashed }))).toEqual({ pod: 'ready' });
  });

  it('is not exited when its main container waits for its first start', () => {
    const pod = aPod({ state: { waiting: {} }, status: { conditions: [] } });
    expect(conditionOf({ ...pod, status: { ...pod.status, containerStatuses: [] } })).toEqual({
      pod: 'not_ready',
    });
    expect(conditionOf(pod).pod).toBe('not_ready');
  });

  it('is exited when it has failed, as an evicted one that tells nothing of its containers', () => {
    expect(conditionOf(aPod({ status: { phase: 'Failed', containerStatuses: [] } }))).toEqual({
      pod: 'exited',
    });
  });

  it('is told by the container that kubectl would choose', () => {
    const annotations = { 'kubectl.kubernetes.io/default-container': 'proxy' };
    expect(conditionOf(aPod({ metadata: { annotations } })).pod).toBe('exited');
  });
});

describe('a pod that is kept', () => {
  it('is one that neither finished nor was told to end, whether it runs or not', () => {
    expect(isKept(aPod({ status: { phase: 'Pending' } }))).toBe(true);
    expect(isKept(aPod({ status: { phase: 'Failed' } }))).toBe(false);
    expect(isKept(aPod({ metadata: { deletionTimestamp: '2026-11-01T12:00:00Z' } }))).toBe(false);
  });
});
