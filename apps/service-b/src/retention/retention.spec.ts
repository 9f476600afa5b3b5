import { createHash } from 'node:crypto';
import { VersionedValue } from '@latido/versioned-value';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { pruneAll } from './retention';

async function someHistories(subjects: number, versions: number): Promise<VersionedValue> {
  const values = new VersionedValue({
    store: new InMemoryVersionStore(),
    now: () => 0,
    newToken: () => crypto.randomUUID(),
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  });
  for (let subject = 0; subject < subjects; subject += 1)
    for (let version = 1; version <= versions; version += 1)
      await values.append({
        subject: `cart-${subject}`,
        operation: { kind: 'put', value: version },
        requestId: `event#${subject}-${version}`,
        cause: { kind: 'event', source: '/service-a', epoch: 1 },
      });
  return values;
}

describe('pruneAll', () => {
  it('removes all but the newest values of every subject, over all pages', async () => {
    const values = await someHistories(250, 3);
    expect(await pruneAll(values, { keep: 1, horizonMs: 1_000 })).toEqual({ subjects: 250, pruned: 500 });
    expect(await values.version('cart-249', 2)).toEqual({ outcome: 'pruned' });
    expect(await values.version('cart-249', 3)).toMatchObject({ outcome: 'found' });
  });

  it('finds nothing to do the second time', async () => {
    const values = await someHistories(3, 5);
    await pruneAll(values, { keep: 2, horizonMs: 1_000 });
    expect(await pruneAll(values, { keep: 2, horizonMs: 1_000 })).toEqual({ subjects: 3, pruned: 0 });
  });

  it('takes a long history in several runs', async () => {
    const values = await someHistories(1, 1_203);
    expect(await pruneAll(values, { keep: 3, horizonMs: 1_000 })).toEqual({ subjects: 1, pruned: 1_200 });
  });
});
