import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { nativeBytes } from './native-bytes';
import { decodeRecords, encodeRecords } from './records-encoding';

describe('encoding of records', () => {
  it('keeps an ordinary record as a map, which is smaller and can be read in the console', () => {
    const records = [{ id: 'e-1', subject: 'cart-7', data: { n: 1 } }];
    expect(encodeRecords(records)).toEqual({ Records: records });
  });

  it('takes JSON where it is smaller', () => {
    const records = [Array.from({ length: 100 }, () => 1)];
    expect(encodeRecords(records)).toEqual({ RecordsJson: JSON.stringify(records) });
  });

  it.each<[string, unknown]>([
    ['a number over the range of DynamoDB', 1e300],
    ['a number under the range of DynamoDB', 5e-324],
    ['half a surrogate pair', '\udc00'],
    ['an empty name', { '': 1 }],
    ['the name __proto__', JSON.parse('{"__proto__":1}')],
    ['more than 30 levels', Array.from({ length: 31 }).reduce((inner) => [inner], 1)],
  ])('takes JSON for %s', (_, value) => {
    expect(encodeRecords([value])).toHaveProperty('RecordsJson');
  });

  it('is read back as it was, for every JSON value', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 })), (records) => {
        const stored = unmarshall(marshall(encodeRecords(records), { removeUndefinedValues: true }));
        expect(JSON.stringify(decodeRecords(stored))).toBe(JSON.stringify(records));
      }),
    );
  });

  it('is never larger than JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (records) => {
        const { Records } = encodeRecords(records);
        if (Records !== undefined)
          expect(nativeBytes(Records)).toBeLessThanOrEqual(Buffer.byteLength(JSON.stringify(records)));
      }),
    );
  });
});
