import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { buildVersion } from '../testing';
import { isIntact } from './checksum';
import { DEFAULT_MAX_VALUE_BYTES, nextVersion, type NextVersionInput, VersionGapError } from './next-version';
import type { StateOperation, Version } from './version';

const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');
const input: NextVersionInput = {
  previous: undefined,
  subject: 'cart-7',
  number: 1,
  operation: { kind: 'put', value: { a: 1 } },
  lamport: 5,
  nowMs: 1000,
  requestId: 'event#1',
  token: 't1',
  cause: { kind: 'event', source: '/service-a', epoch: 2 },
  sha256Hex,
};
const previous = buildVersion({ number: 4, clock: 50, writtenAtMs: 2000 });

const versionOf = (change: Partial<NextVersionInput>): Version => {
  const next = nextVersion({ ...input, ...change });
  if (next.outcome !== 'computed') throw new Error(`computed nothing: ${next.outcome}`);
  return next.version;
};

/** A text whose JSON is `bytes` long. */
const textOf = (bytes: number): string => 'x'.repeat(bytes - 2);

describe(nextVersion, () => {
  it('makes version 1 of a subject that has none', () => {
    expect(versionOf({})).toEqual({
      subject: 'cart-7',
      number: 1,
      content: { kind: 'value', value: { a: 1 } },
      requestId: 'event#1',
      token: 't1',
      cause: { kind: 'event', source: '/service-a', epoch: 2 },
      checksum: sha256Hex('{"kind":"value","value":{"a":1}}'),
      lamport: 5,
      clock: 6,
      writtenAtMs: 1000,
    });
  });

  it('computes the content from the version before', () => {
    const { content } = versionOf({ previous, number: 5, operation: { kind: 'merge', patch: { b: 2 } } });
    expect(content).toEqual({ kind: 'value', value: { count: 4, b: 2 } });
  });

  it.each([
    [5, 51],
    [50, 51],
    [70, 71],
  ])('puts the clock one above the greater of the clock before and lamport %i', (lamport, clock) => {
    expect(versionOf({ previous, number: 5, lamport })).toMatchObject({ lamport, clock });
  });

  it('follows what is believed of an absurd lamport, and keeps what was sent', () => {
    const lamport = Number.MAX_SAFE_INTEGER;
    expect(versionOf({ previous, number: 5, lamport, believedLamport: 70 })).toMatchObject({
      lamport,
      clock: 71,
    });
  });

  it('keeps the time of the version before when the wall clock went back', () => {
    expect(versionOf({ previous, number: 5, nowMs: 1999 }).writtenAtMs).toBe(2000);
  });

  it('keeps clock rising and write time from falling over any history', () => {
    const step = fc.record({ lamport: fc.nat(), nowMs: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let head: Version | undefined;
        for (const [index, times] of steps.entries()) {
          const next = versionOf({ ...times, previous: head, number: index + 1 });
          expect(next.clock).toBeGreaterThan(Math.max(head?.clock ?? 0, times.lamport));
          expect(next.writtenAtMs).toBeGreaterThanOrEqual(Math.max(head?.writtenAtMs ?? 0, times.nowMs));
          head = next;
        }
      }),
    );
  });

  it('gives equal contents equal checksums, however their members are ordered', () => {
    const put = (value: StateOperation & { kind: 'put' }) => versionOf({ operation: value }).checksum;
    expect(put({ kind: 'put', value: { a: 1, b: 2 } })).toBe(put({ kind: 'put', value: { b: 2, a: 1 } }));
    expect(put({ kind: 'put', value: { a: 1 } })).not.toBe(put({ kind: 'put', value: { a: 2 } }));
  });

  it('takes a value of exactly the limit and refuses one of a byte more', () => {
    const put = (bytes: number) =>
      nextVersion({ ...input, operation: { kind: 'put', value: textOf(bytes) } });
    expect(put(DEFAULT_MAX_VALUE_BYTES).outcome).toBe('computed');
    expect(put(DEFAULT_MAX_VALUE_BYTES + 1)).toEqual({
      outcome: 'value_too_large',
      valueBytes: 380 * 1024 + 1,
      maxValueBytes: 380 * 1024,
    });
  });

  it('measures a value in bytes, not in characters', () => {
    const next = nextVersion({ ...input, operation: { kind: 'put', value: 'ü€😀' }, maxValueBytes: 10 });
    expect(next).toMatchObject({ outcome: 'value_too_large', valueBytes: 2 + 2 + 3 + 4 });
  });

  it('refuses a small merge that makes the value too large', () => {
    const next = nextVersion({
      ...input,
      previous: buildVersion({ content: { kind: 'value', value: { text: textOf(90) } } }),
      number: 2,
      operation: { kind: 'merge', patch: { more: 'x' } },
      maxValueBytes: 100,
    });
    expect(next.outcome).toBe('value_too_large');
  });

  it('computes nothing on a predecessor that was pruned, not even a put', () => {
    const pruned = buildVersion({ content: { kind: 'pruned' } });
    expect(nextVersion({ ...input, previous: pruned, number: 2 })).toEqual({ outcome: 'predecessor_pruned' });
  });

  it('keeps the content of the version before and says whose it is, where the event is superseded', () => {
    const supersededBy = { lamport: 40, source: '/service-a', epoch: 2, requestId: 'event#winner' };
    const version = versionOf({ previous, number: 5, lamport: 39, supersededBy });
    expect(version).toMatchObject({ content: previous.content, lamport: 39, clock: 51, supersededBy });
    expect(isIntact(version, sha256Hex)).toBe(true);
  });

  it.each([
    ['without the version before', undefined, 2],
    ['after a version that is not the one before', previous, 6],
    ['on top of itself', previous, 4],
  ])('throws when asked for a number %s', (_what, before, number) => {
    expect(() => nextVersion({ ...input, previous: before, number })).toThrow(VersionGapError);
  });
});

describe(isIntact, () => {
  it('recognises a content that was changed after it was written', () => {
    const version = versionOf({});
    expect(isIntact(version, sha256Hex)).toBe(true);
    expect(isIntact({ ...version, content: { kind: 'value', value: { a: 2 } } }, sha256Hex)).toBe(false);
    expect(isIntact({ ...version, content: { kind: 'deleted' } }, sha256Hex)).toBe(false);
  });

  it('says nothing against a version whose value retention removed', () => {
    expect(isIntact({ ...versionOf({}), content: { kind: 'pruned' } }, sha256Hex)).toBe(true);
  });
});
