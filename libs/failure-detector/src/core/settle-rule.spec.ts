import { SettleRule } from './settle-rule';
import { detectorSettings } from './settings';

/** Runs one update a second; each letter is one: b blind, u not proven, p proven. Returns s where settling. */
function run(letters: string): string {
  const rule = new SettleRule(detectorSettings());
  return letters
    .split('')
    .map((letter, second) =>
      rule.update({ distrusted: letter === 'b', proven: letter === 'p', nowMs: second * 1_000 }) ? 's' : '-',
    )
    .join('');
}

describe('SettleRule', () => {
  it('settles nothing that was never cured', () => {
    expect(run('ppuuppp')).toBe('-------');
  });

  it('settles until the channel was proven for 1.5 T', () => {
    expect(run('bb' + 'p'.repeat(18))).toBe('--' + 's'.repeat(15) + '---');
  });

  it('begins to count again after a break of the proof', () => {
    expect(run('b' + 'p'.repeat(10) + 'u' + 'p'.repeat(18))).toBe(
      '-' + 's'.repeat(10) + 's' + 's'.repeat(15) + '---',
    );
  });

  it('ends by itself after 30 T without a proof', () => {
    expect(run('b' + 'u'.repeat(303))).toBe('-' + 's'.repeat(301) + '--');
  });
});
