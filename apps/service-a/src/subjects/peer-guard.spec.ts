import { PeerGuard } from './peer-guard';

const away = async (): Promise<never> => {
  throw new Error('ECONNREFUSED');
};
const never = async (): Promise<never> => new Promise<never>(() => undefined);
const well = async (): Promise<string> => 'well';

describe('PeerGuard', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('passes on the answer of a peer that is well', async () => {
    expect(await new PeerGuard().call(well)).toEqual({ outcome: 'answered', answer: 'well' });
  });

  it('gives a silent peer up in time', async () => {
    const asked = new PeerGuard({ timeoutMs: 1_000 }).call(never);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await asked).toEqual({ outcome: 'refused', reason: 'timeout' });
  });

  it('asks nobody any more after so many failures in a row', async () => {
    const guard = new PeerGuard({ failuresToOpen: 2 });
    expect(await guard.call(away)).toEqual({ outcome: 'refused', reason: 'unreachable' });
    expect(guard.state).toBe('closed');
    await guard.call(away);
    expect(guard.state).toBe('open');
    let asked = 0;
    expect(await guard.call(async () => (asked += 1))).toEqual({
      outcome: 'refused',
      reason: 'circuit_open',
    });
    expect(asked).toBe(0);
  });

  it('tries again after a while, and closes with the first success', async () => {
    const guard = new PeerGuard({ failuresToOpen: 1, openForMs: 5_000 });
    await guard.call(away);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await guard.call(well)).toMatchObject({ outcome: 'answered' });
    expect(guard.state).toBe('closed');
  });

  it('refuses more calls at once than it may have under way, without blaming the peer', async () => {
    const guard = new PeerGuard({ maxConcurrent: 1, failuresToOpen: 1 });
    const first = guard.call(never);
    expect(await guard.call(well)).toEqual({ outcome: 'refused', reason: 'overloaded' });
    expect(guard.state).toBe('closed');
    await jest.advanceTimersByTimeAsync(1_000);
    await first;
  });
});
