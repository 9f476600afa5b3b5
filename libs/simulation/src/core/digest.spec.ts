import { digest } from './digest';
import { ProcessMemory } from './process-memory';
import { snapshot } from './snapshot';

describe('digests', () => {
  it('tell many similar texts apart', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `{"version":${i},"subject":"cart-${i % 7}"}`);
    expect(new Set(texts.map((text) => digest(text))).size).toBe(texts.length);
  });
});

describe('snapshots', () => {
  it('are equal for maps that were filled in another order', () => {
    expect(
      snapshot({
        m: new Map([
          ['a', 1],
          ['b', 2],
        ]),
      }),
    ).toBe(
      snapshot({
        m: new Map([
          ['b', 2],
          ['a', 1],
        ]),
      }),
    );
  });

  it('differ for maps that hold something else', () => {
    expect(snapshot(new Map([['a', 1]]))).not.toBe(snapshot(new Map([['a', 2]])));
  });
});

describe('the memory of a process', () => {
  const after = (...answers: readonly (readonly [string, string])[]): number => {
    const memory = new ProcessMemory();
    for (const [call, answer] of answers) memory.note(call, answer);
    return memory.digest;
  };

  it('is the same whoever of two threads was answered first', () => {
    expect(after(['a', '1'], ['b', '2'])).toBe(after(['b', '2'], ['a', '1']));
  });

  it('tells the order of answers to the same call', () => {
    expect(after(['a', '1'], ['a', '2'])).not.toBe(after(['a', '2'], ['a', '1']));
  });

  it('tells which call had which answer', () => {
    expect(after(['a', '1'], ['b', '2'])).not.toBe(after(['a', '2'], ['b', '1']));
  });
});
