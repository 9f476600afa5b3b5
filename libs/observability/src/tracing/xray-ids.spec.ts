import { xrayIds } from './xray-ids';

describe('xrayIds', () => {
  it('begins a trace id with the second it is made, and is random in the rest', () => {
    const ids = xrayIds({ now: () => 0x6921c0d4 * 1_000 + 999, random: (bytes) => 'ab'.repeat(bytes) });
    expect(ids.generateTraceId()).toBe(`6921c0d4${'ab'.repeat(12)}`);
    expect(ids.generateSpanId()).toBe('ab'.repeat(8));
  });

  it('makes another id each time', () => {
    const ids = xrayIds();
    const made = Array.from({ length: 100 }, () => ids.generateTraceId());
    expect(new Set(made).size).toBe(100);
    expect(made.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});
