import { ContractBook, type ContractsHeard } from './contract-book';

const EDGE = { producer: 'shop', topic: 'orders', consumer: 'cart' };

function writer(instanceId: string, ...contracts: readonly string[]): ContractsHeard {
  const produces = [{ topic: 'orders', contracts }];
  return { service: 'shop', instanceId, incarnation: `1-${contracts.join()}`, produces, accepts: [] };
}

function reader(instanceId: string, ...contracts: readonly string[]): ContractsHeard {
  const accepts = [{ topic: 'orders', contracts }];
  return { service: 'cart', instanceId, incarnation: `1-${contracts.join()}`, produces: [], accepts };
}

function bookOf(...heard: readonly ContractsHeard[]): ContractBook {
  const book = new ContractBook();
  for (const each of heard) book.heard(each);
  book.advance();
  return book;
}

describe('ContractBook', () => {
  it('pairs what is written with what is understood', () => {
    expect(bookOf(writer('s1', 'v1'), reader('c1', 'v2', 'v1')).edges()).toEqual([
      { ...EDGE, pairs: [{ produced: ['v1'], accepted: ['v1', 'v2'], missing: [] }] },
    ]);
  });

  it('knows no edge to a service that does not speak of the topic', () => {
    expect(bookOf(writer('s1', 'v1')).edges()).toEqual([]);
  });

  it('finds the mismatch when one instance of many does not understand what is written', () => {
    const book = bookOf(writer('s1', 'v2'), reader('c1', 'v1', 'v2'), reader('c2', 'v1'));
    expect(book.edges()[0]?.pairs.map(({ missing }) => missing)).toEqual([[], ['v2']]);
    expect(book.mismatchesOf(EDGE)).toBe(1);
  });

  it('counts a mismatch once, however many instances have it and however often they say so', () => {
    const book = bookOf(writer('s1', 'v2'), writer('s2', 'v2'), reader('c1', 'v1'), reader('c2', 'v1'));
    book.heard(writer('s1', 'v2'));
    expect(book.mismatchesOf(EDGE)).toBe(1);
  });

  it('ends a mismatch with its last instance, and counts it again when it comes back', () => {
    const book = bookOf(writer('s1', 'v2'), reader('c1', 'v1'), reader('c2', 'v2'));
    book.gone('cart', 'c1');
    expect(book.edges()[0]?.pairs.map(({ missing }) => missing)).toEqual([[]]);
    expect(book.mismatchesOf(EDGE)).toBe(1);
    book.heard(reader('c1', 'v1'));
    expect(book.mismatchesOf(EDGE)).toBe(2);
  });

  it('follows an instance that starts again with another version', () => {
    const book = bookOf(writer('s1', 'v1'), reader('c1', 'v1'));
    book.heard(writer('s1', 'v2'));
    expect(book.edges()[0]?.pairs).toEqual([{ produced: ['v2'], accepted: ['v1'], missing: ['v2'] }]);
  });

  it('forgets edges without live instances, and who was never there', () => {
    const book = bookOf(writer('s1', 'v1'), reader('c1', 'v1'));
    book.gone('shop', 's1');
    book.gone('shop', 'stranger');
    expect(book.edges()).toEqual([]);
  });
});
