import { Fleet } from '../testing';

const warm = (options: ConstructorParameters<typeof Fleet>[0] = {}) => {
  const fleet = new Fleet(options);
  fleet.run(8 * fleet.t);
  return fleet;
};
const reasons = (fleet: Fleet) => fleet.detector.channel().reasons;

describe('the channel', () => {
  it('is warming for k T after the start, and says so', () => {
    const fleet = new Fleet();
    fleet.run(29_000);
    expect(reasons(fleet)).toEqual(['warming']);
    fleet.run(1_000);
    expect(fleet.detector.channel()).toMatchObject({ blind: false, proven: true });
    expect(fleet.facts.filter(({ kind }) => kind === 'blind')).toHaveLength(1);
    expect(fleet.detector.channel().blindMsByReason.warming).toBe(30_000);
  });

  it.each([1, 3, 20])('is proven all the time with %i quick senders', (members) => {
    const fleet = warm({ members });
    for (let second = 0; second < 300; second++) {
      fleet.run(1_000);
      expect(fleet.detector.channel()).toMatchObject({ proven: true, blind: false });
    }
  });

  it('is proven with a single sender that lost one canary', () => {
    const fleet = warm({ channel: ({ sender, seq }) => (sender === 'canary' && seq === 20 ? [] : [50]) });
    fleet.run(100_000);
    expect(fleet.detector.channel().canariesLost).toBe(1);
    expect(fleet.facts.filter(({ kind }) => kind === 'blind')).toHaveLength(1);
  });

  it('is blind by canary when none came for more than 1.5 T, though heartbeats flow', () => {
    const fleet = warm({ members: 5 });
    fleet.canaries = false;
    const tookMs = fleet.runUntil(() => fleet.detector.channel().blind, 60_000);
    expect(reasons(fleet)).toEqual(['canary']);
    expect(tookMs).toBeGreaterThan(10_000);
    expect(tookMs).toBeLessThan(17_000);
  });

  it('is blind by lag when the watermark is more than 1.5 T behind, though canaries are quick', () => {
    const fleet = warm({ members: 20 });
    fleet.channel = ({ sender }) => [sender === 'canary' ? 50 : 40_000];
    fleet.run(60_000);
    expect(reasons(fleet)).toContain('lag');
    expect(fleet.detector.channel().proven).toBe(false);
  });

  it('is blind for T after our own event loop stalled for more than a second', () => {
    const fleet = warm();
    fleet.detector.loopStalled(1_001, fleet.nowMs);
    fleet.run(1_000);
    expect(reasons(fleet)).toEqual(['loop_stall']);
    fleet.run(10_000);
    expect(reasons(fleet)).toEqual([]);
  });

  it('does not take a short pause for a stall', () => {
    const fleet = warm();
    fleet.detector.loopStalled(1_000, fleet.nowMs);
    fleet.run(1_000);
    expect(reasons(fleet)).toEqual([]);
  });

  it('notices a stall by itself when it is advanced too late', () => {
    const fleet = warm();
    fleet.detector.advance(fleet.nowMs + 2_500);
    expect(reasons(fleet)).toEqual(['loop_stall']);
  });

  it('settles after lag and canary, not after a stall of our own', () => {
    const fleet = warm({ members: 5 });
    fleet.stallFor(60_000);
    fleet.run(55_000);
    expect(reasons(fleet)).toEqual(['lag', 'canary']);
    fleet.run(10_000);
    expect(reasons(fleet)).toEqual(['lag']);
    fleet.run(10_000);
    expect(reasons(fleet)).toEqual(['settling']);
    fleet.run(20_000);
    expect(reasons(fleet)).toEqual([]);
  });

  it('ignores copies: redelivery makes nothing slow', () => {
    const fleet = warm({ members: 20, channel: () => [50, 20_000, 25_000, 30_000, 60_000] });
    fleet.run(200_000);
    expect(fleet.detector.channel()).toMatchObject({ delayMs: 50, proven: true, blind: false });
    expect(fleet.facts.filter(({ kind }) => kind === 'blind')).toHaveLength(1);
  });

  it('says that the queue is shared when half of the canaries vanish', () => {
    const fleet = warm({ members: 5, channel: ({ seq }) => (seq % 2 === 0 ? [50] : []) });
    fleet.run(300_000);
    expect(fleet.detector.channel()).toMatchObject({ queueIsShared: true, blind: true, reasons: ['canary'] });
  });

  it('adds up how long it was blind, by reason', () => {
    const fleet = warm({ members: 5 });
    fleet.stallFor(60_000);
    fleet.run(200_000);
    const { lag, canary, settling } = fleet.detector.channel().blindMsByReason;
    expect(lag).toBeGreaterThan(40_000);
    expect(canary).toBeGreaterThan(40_000);
    expect(settling).toBeGreaterThanOrEqual(15_000);
    expect(settling).toBeLessThan(40_000);
  });

  it('counts a time that goes back as the last one', () => {
    const fleet = warm();
    fleet.detector.advance(fleet.nowMs - 60_000);
    expect(fleet.detector.channel()).toMatchObject({ blind: false });
  });
});
