import Ajv from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { aHeartbeat } from '../testing';
import { heartbeatContract } from './heartbeat-contract';
import { HEARTBEAT_LIMITS } from './heartbeat-limits';
import { parseHeartbeat, validateHeartbeat } from './parse-heartbeat';

const matchesSchema = new Ajv({ strict: true }).compile(heartbeatContract.schema);

/** One wrong value per bound: [field, value]. */
const WRONG: readonly (readonly [string, unknown])[] = [
  ['service', undefined],
  ['service', ''],
  ['service', 'a"} 1\nup{'],
  ['service', '_unknown'],
  ['service', 'é'],
  ['service', 'x\n'],
  ['service', 'x'.repeat(64)],
  ['service', 7],
  ['instanceId', 'x'.repeat(129)],
  ['incarnation', null],
  ['incarnation', []],
  ['incarnation', { epoch: -1, token: 'x' }],
  ['incarnation', { epoch: 1.5, token: 'x' }],
  ['incarnation', { epoch: 1, token: '' }],
  ['incarnation', { epoch: 1, token: 'x'.repeat(33) }],
  ['seq', 0],
  ['seq', '1'],
  ['seq', 2 ** 53],
  ['sentAtMs', -1],
  ['sentAtMs', 8_640_000_000_000_001],
  ['uptimeMs', -1],
  ['intervalMs', 999],
  ['intervalMs', 300_001],
  ['state', 'dead'],
  ['state', null],
  ['version', ''],
  ['version', 'x'.repeat(65)],
  ['zone', ''],
  ['zone', null],
  ['produces', {}],
  ['produces', Array.from({ length: 33 }, () => ({ topic: 't', contracts: [] }))],
  ['accepts', [{ topic: 't' }]],
  ['accepts', [{ topic: 't', contracts: [''] }]],
  ['accepts', [{ topic: 't', contracts: Array.from({ length: 17 }, () => 'c') }]],
  ['edges', 'none'],
  ['edges', [1]],
  ['edges', [[]]],
  ['edges', Array.from({ length: 65 }, () => ({}))],
];

describe('parseHeartbeat', () => {
  it('reads back a heartbeat', () => {
    const heartbeat = aHeartbeat({ edges: [{ topic: 'x' }] });
    expect(parseHeartbeat(JSON.stringify(heartbeat))).toEqual({ outcome: 'valid', heartbeat });
  });

  it('reads a heartbeat without a zone', () => {
    const { zone: _zone, ...heartbeat } = aHeartbeat();
    expect(parseHeartbeat(JSON.stringify(heartbeat))).toEqual({ outcome: 'valid', heartbeat });
  });

  it('drops fields that it does not know', () => {
    const result = parseHeartbeat(JSON.stringify({ ...aHeartbeat(), mood: 'good' }));
    expect(result).toEqual({ outcome: 'valid', heartbeat: aHeartbeat() });
  });

  it('refuses text that is longer than the bound before parsing it', () => {
    const json = ' '.repeat(HEARTBEAT_LIMITS.messageCharacters + 1);
    expect(parseHeartbeat(json)).toEqual({ outcome: 'invalid', reason: 'too_large' });
  });

  it.each(['', '{', 'undefined', '{"service":'])('calls %j not JSON', (text) => {
    expect(parseHeartbeat(text)).toEqual({ outcome: 'invalid', reason: 'not_json' });
  });

  it.each(['null', '[]', '1', '"x"'])('refuses %s, which is JSON and no object', (text) => {
    expect(parseHeartbeat(text)).toMatchObject({ reason: 'invalid_field', field: '/' });
  });

  it.each(WRONG)('names the field %s when it is %j', (field, value) => {
    const result = validateHeartbeat({ ...aHeartbeat(), [field]: value });
    expect(result).toMatchObject({ outcome: 'invalid', reason: 'invalid_field' });
    expect(result).toHaveProperty('field', expect.stringMatching(new RegExp(`^/${field}(/|$)`)));
  });

  it('points into lists', () => {
    const accepts = [{ topic: 'a', contracts: ['ok', 'not ok'] }];
    expect(validateHeartbeat(aHeartbeat({ accepts }))).toMatchObject({ field: '/accepts/0/contracts/1' });
  });

  it('does not read a field from the prototype', () => {
    expect(parseHeartbeat('{"__proto__":{"service":"a"}}')).toMatchObject({ field: '/service' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseHeartbeat(text).outcome === 'invalid'),
    );
  });
});

describe('heartbeatContract', () => {
  it('accepts a heartbeat', () => {
    expect(matchesSchema(aHeartbeat({ edges: [{ topic: 'x' }] }))).toBe(true);
  });

  it.each(WRONG)('refuses what the parser refuses: %s = %j', (field, value) => {
    const broken = JSON.parse(JSON.stringify({ ...aHeartbeat(), [field]: value })) as unknown;
    expect(matchesSchema(broken)).toBe(false);
  });

  it('agrees with the parser on any JSON in any field', () => {
    const field = fc.constantFrom(...Object.keys(aHeartbeat()));
    fc.assert(
      fc.property(field, fc.jsonValue(), (name, value) => {
        const candidate = { ...aHeartbeat(), [name]: value };
        expect(validateHeartbeat(candidate).outcome === 'valid').toBe(matchesSchema(candidate));
      }),
      { numRuns: 1_000 },
    );
  });
});
