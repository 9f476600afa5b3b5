import * as fc from 'fast-check';
import { MAX_LABEL_VALUE_LENGTH } from '../series-guard';
import { ArenaFamily } from './arena-family';
import { readOpenMetrics } from '../../testing';

const LABELS = { service: 'configured', instance_id: 'configured' } as const;

function family(maxSeries = 1_000): ArenaFamily {
  return new ArenaFamily('interop_test_timestamp_seconds', {
    type: 'gauge',
    labels: LABELS,
    unit: 'epoch seconds',
    stability: 'beta',
    exportedBy: 'monitor',
    help: 'When "it" was',
    maxSeries,
  });
}

const textOf = (one: ArenaFamily) => {
  const bytes = new Uint8Array(one.byteLength);
  expect(one.copyTo(bytes, 0)).toBe(bytes.length);
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
};
const samplesOf = (one: ArenaFamily) => readOpenMetrics(`${textOf(one)}# EOF\n`).samples;
const a = { service: 'a', instance_id: '1' };
const b = { service: 'a', instance_id: '2' };

describe('ArenaFamily', () => {
  it('writes HELP and TYPE, then each series once', () => {
    const one = family();
    one.series(a, 1_763_791_143.123);
    expect(textOf(one)).toBe(
      '# HELP interop_test_timestamp_seconds When \\"it\\" was\n' +
        '# TYPE interop_test_timestamp_seconds gauge\n' +
        'interop_test_timestamp_seconds{service="a",instance_id="1"} 1763791143.123\n',
    );
  });

  it('names the family of a counter without _total, and its samples with it', () => {
    const counter = new ArenaFamily('interop_test_total', {
      type: 'counter',
      labels: {},
      unit: 'count',
      stability: 'beta',
      exportedBy: 'monitor',
      help: 'Tests',
    });
    counter.series({})?.set(12);
    expect(textOf(counter)).toBe(
      '# HELP interop_test Tests\n# TYPE interop_test counter\ninterop_test_total 12\n',
    );
  });

  it('patches a value of the same width where it stands', () => {
    const one = family();
    const series = one.series(a, 1_763_791_143.123);
    one.series(b, 1_763_791_143.5);
    series?.set(1_763_791_153.999);
    expect(samplesOf(one).map(({ value }) => value)).toEqual(['1763791153.999', '1763791143.500']);
  });

  it('keeps the value of a series that is announced again', () => {
    const one = family();
    one.series(a)?.set(5);
    expect(one.series(a, 9)?.value).toBe(5);
  });

  it('takes nothing for a series that was removed, and gives its place to another', () => {
    const one = family(1);
    const series = one.series(a);
    expect(one.series(b)).toBeUndefined();
    series?.remove();
    series?.set(7);
    series?.remove();
    expect(samplesOf(one)).toEqual([]);
    expect(one.series(b)).toBeDefined();
  });

  it('refuses a value one character over the length, and takes one of exactly that length', () => {
    const one = family();
    const long = 'x'.repeat(MAX_LABEL_VALUE_LENGTH);
    expect(one.series({ ...a, service: `${long}x` })).toBeUndefined();
    expect(one.series({ ...a, service: long })).toBeDefined();
  });

  it('gives memory of all rows back', () => {
    const one = family();
    const empty = one.byteLength;
    const all = Array.from({ length: 500 }, (_, i) => one.series({ service: 'a', instance_id: `${i}` }));
    for (const series of all) series?.remove();
    expect(one.byteLength).toBe(empty);
  });
});

describe('a page, whatever the names and values', () => {
  /** Parts of which a forger would make a name, and any text at all. */
  const part = fc.oneof(
    fc.constantFrom(
      '"',
      '\\',
      '\n',
      '\r',
      '\u2028',
      '\0',
      '\ud800',
      '\udc00',
      '} 1',
      '# EOF',
      '{',
      ',',
      '=',
      ' ',
    ),
    fc.constantFrom('\\"', '\\n', '"} 1\ninterop_mass_silence 1', 'a', '"} 1 # {trace_id="x"} 1'),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      maxLength: 5,
    }),
  );
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.integer({ min: 120, max: 5_000 }).map((length) => '"\n'.repeat(length)) },
  );
  const value = fc.oneof(
    fc.integer({ min: -5, max: 2_000_000_000 }),
    fc.constantFrom(NaN, Infinity, -Infinity, 1e21, -0, Number.MAX_SAFE_INTEGER),
  );
  const step = fc.record({
    what: fc.constantFrom('set', 'set', 'set', 'remove'),
    service: name,
    instance_id: fc.oneof(name, fc.constantFrom('1', '2')),
    value,
  });

  it('says what was set and not removed, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const one = family(10);
        const expected = new Map<string, { readonly labels: object; readonly value: number }>();
        for (const { what, value, ...labels } of steps) {
          const onWire = Object.fromEntries(
            Object.entries(labels).map(([label, text]) => [label, text.replace(/\p{Surrogate}/gu, '\ufffd')]),
          );
          const key = JSON.stringify(onWire);
          if (what === 'remove') {
            one.remove(labels);
            expected.delete(key);
            continue;
          }
          const series = one.series(labels);
          series?.set(value);
          if (series) expected.set(key, { labels: onWire, value });
        }
        const found = samplesOf(one);
        expect(found.every(({ name }) => name === 'interop_test_timestamp_seconds')).toBe(true);
        expect(found.length).toBeLessThanOrEqual(10);
        const readable = found.map(({ labels, value }) => ({
          labels,
          value: Number(value.replace('Inf', 'Infinity')),
        }));
        expect(sorted(readable)).toEqual(sorted([...expected.values()]));
      }),
      { numRuns: 500 },
    );
  });

  const sorted = (samples: readonly { readonly labels: object; readonly value: number }[]) =>
    samples.map(({ labels, value }) => JSON.stringify(labels) + String(value + 0)).sort();
});
