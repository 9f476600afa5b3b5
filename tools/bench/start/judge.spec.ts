import { judgeStart } from './judge';

const traced = { readyMs: 400, cpuMs: 500, residentMib: 115, exitMs: 450 };
const peers = {
  traced,
  withoutTracing: { readyMs: 320, cpuMs: 400, residentMib: 108, exitMs: 430 },
  inFiles: { readyMs: 650, cpuMs: 900, residentMib: 132, exitMs: 500 },
  automatic: { readyMs: 900, cpuMs: 1_300, residentMib: 170, exitMs: 600 },
};

describe(judgeStart, () => {
  it('finds nothing when tracing costs little beside its peers', () => {
    expect(judgeStart(peers)).toEqual([]);
  });

  it('does not mind a machine on which everything takes ten times as long', () => {
    const slow = Object.fromEntries(
      Object.entries(peers).map(([name, { residentMib, ...times }]) => [
        name,
        { residentMib, readyMs: times.readyMs * 10, cpuMs: times.cpuMs * 10, exitMs: times.exitMs * 10 },
      ]),
    ) as typeof peers;
    expect(judgeStart(slow)).toEqual([]);
  });

  it.each([
    ['an exit that waits for the collector', { exitMs: 1_500 }, /exitMs .* withoutTracing/],
    ['a bundle that is none', { cpuMs: 900 }, /cpuMs .* inFiles/],
    ['memory as of the catch-all package', { residentMib: 170 }, /residentMib .* automatic/],
  ])('names %s', (_what, worse, sentence) => {
    expect(judgeStart({ ...peers, traced: { ...traced, ...worse } })).toContainEqual(
      expect.stringMatching(sentence),
    );
  });
});
