import { assert, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { edgeKey, edgeNames } from './edge-names';

const named = (producer: string) => edgeNames({ producer, topic: 't', consumer: 'c' }).producer;

describe('edgeNames', () => {
  test.each([
    ['/service-a', 'service-a'],
    ['service-a', './service-a'],
    ['./service-a', '././service-a'],
    ['//service-a', '//service-a'],
    ['https://shop.example/a', 'https://shop.example/a'],
    ['/a:b', '/a:b'],
  ])('calls the source %s %s', (source, name) => {
    expect(named(source)).toBe(name);
  });

  test('never gives two sources one name', () => {
    const letters = constantFrom('/', '.', ':', 'a', 'b', '-');
    const source = oneof(string({ unit: letters, minLength: 1, maxLength: 6 }), string({ minLength: 1 }));
    assert(
      property(tuple(source, source), ([one, other]) => {
        expect(named(one) === named(other)).toBe(one === other);
      }),
    );
  });

  test('makes keys that tell edges apart', () => {
    const edge = { producer: '/a', topic: 'b', consumer: 'c' };
    expect(edgeKey(edge)).not.toBe(edgeKey({ ...edge, consumer: 'd' }));
  });
});
