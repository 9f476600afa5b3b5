import { consumerView } from './consumer-view';

const known = {
  mode: 'auto',
  heldBecause: [],
  status: { mode: 'running', pollsInFlight: 2, failuresInARow: 0 },
  lastBatch: undefined,
  slots: [0, 1],
} as const;

describe('consumerView', () => {
  it('shows a consumer that runs and has had no batch yet', () => {
    expect(consumerView(known)).toEqual({
      mode: 'auto',
      status: 'running',
      heldBecause: [],
      inFlight: 2,
      failuresInARow: 0,
      lastBatch: null,
      lastTrouble: null,
      slots: [0, 1],
    });
  });

  it('says held, and why, where automatic consumption waits for something', () => {
    const status = { ...known.status, mode: 'paused' } as const;
    expect(consumerView({ ...known, status, heldBecause: ['sns: away'] })).toMatchObject({
      status: 'held',
      heldBecause: ['sns: away'],
    });
  });

  it('says paused in manual mode, whatever is away', () => {
    const status = { ...known.status, mode: 'paused' } as const;
    expect(consumerView({ ...known, mode: 'manual', status, heldBecause: ['sns: away'] })).toMatchObject({
      status: 'paused',
      heldBecause: [],
    });
  });

  it('shows times as people write them', () => {
    const lastBatch = { atMs: 0, received: 1, acknowledged: 1, givenBack: 0, deadLettered: 0 };
    const lastTrouble = { atMs: 0, where: 'delete', code: 'throttled', detail: 'slow down' } as const;
    expect(consumerView({ ...known, lastBatch, status: { ...known.status, lastTrouble } })).toMatchObject({
      lastBatch: { at: '1970-01-01T00:00:00.000Z', received: 1 },
      lastTrouble: { at: '1970-01-01T00:00:00.000Z', code: 'throttled' },
    });
  });
});
