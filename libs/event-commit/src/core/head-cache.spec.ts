import type { Version } from '@latido/versioned-value';
import { HeadCache } from './head-cache';

const version = (
  number: number,
  content: Version['content'] = { kind: 'value', value: number },
): Version => ({
  subject: 'cart-1',
  number,
  content,
  requestId: `event#e${number}`,
  token: 'segment.0',
  cause: { kind: 'event', source: '/service-a', epoch: 1 },
  checksum: '',
  lamport: 1,
  clock: 1,
  writtenAtMs: 0,
});

const aCache = (): HeadCache => new HeadCache({ maxHeads: 10, maxCharacters: 1_000, maxAgeMs: 100 });

describe('the head cache', () => {
  it('keeps the highest version, whatever is seen after it', () => {
    const cache = aCache();
    cache.raise(version(5), 0);
    cache.raise(version(4), 1);
    expect(cache.get('cart-1', 1)?.number).toBe(5);
  });

  it('forgets a head that was seen as long ago as it may be old, and not before', () => {
    const cache = aCache();
    cache.raise(version(5), 0);
    expect(cache.get('cart-1', 99)?.number).toBe(5);
    expect(cache.get('cart-1', 100)).toBeUndefined();
  });

  it('counts the age from the last time that the head was seen', () => {
    const cache = aCache();
    cache.raise(version(5), 0);
    cache.raise(version(5), 60);
    expect(cache.get('cart-1', 120)?.number).toBe(5);
  });

  it('takes no version without a value, because nothing follows from it', () => {
    const cache = aCache();
    cache.raise(version(4), 0);
    cache.raise(version(5, { kind: 'pruned' }), 0);
    expect(cache.get('cart-1', 1)?.number).toBe(4);
  });

  it('does not keep a value that would fill it alone', () => {
    const cache = aCache();
    cache.raise(version(4), 0);
    cache.raise(version(5, { kind: 'value', value: 'x'.repeat(2_000) }), 0);
    expect(cache.get('cart-1', 1)?.number).toBe(4);
  });
});
