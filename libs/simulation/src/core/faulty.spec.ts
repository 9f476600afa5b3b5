import { byFate, type Fate, faulty } from './faulty';

function aStore(fate: Fate) {
  const written: string[] = [];
  const store = {
    size: 3,
    async put(text: string): Promise<string> {
      written.push(text);
      return `stored ${text}`;
    },
  };
  return {
    written,
    store: faulty(
      'store',
      store,
      byFate(() => fate),
    ),
  };
}

const isSettled = async (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<false>((resolve) => void setImmediate(() => resolve(false))),
  ]);

describe('a faulty port', () => {
  it('has the effect and the reply when all is well', async () => {
    const { store, written } = aStore('ok');
    expect(await store.put('a')).toBe('stored a');
    expect(written).toEqual(['a']);
  });

  it.each([
    ['failed', []],
    ['lost_reply', ['a']],
  ] as const)('throws a passing error with the effects of %s', async (fate, effects) => {
    const { store, written } = aStore(fate);
    await expect(store.put('a')).rejects.toMatchObject({
      code: 'simulated_fault',
      transient: true,
      call: 'store.put',
    });
    expect(written).toEqual(effects);
  });

  it.each([
    ['hangs', []],
    ['silent', ['a']],
  ] as const)('never answers with the effects of %s', async (fate, effects) => {
    const { store, written } = aStore(fate);
    expect(await isSettled(store.put('a'))).toBe(false);
    expect(written).toEqual(effects);
  });

  it('shows the call, its arguments and how many came before', async () => {
    const seen: unknown[] = [];
    const port = faulty(
      'port',
      { ask: async (n: number) => n },
      byFate(({ name, args }, index) => {
        seen.push([name, args, index]);
        return 'ok';
      }),
    );
    await port.ask(7);
    await port.ask(8);
    expect(seen).toEqual([
      ['port.ask', [7], 0],
      ['port.ask', [8], 1],
    ]);
  });

  it('leaves what is no method alone', () => {
    expect(aStore('failed').store.size).toBe(3);
  });
});
