import { Bill } from './bill';

describe('Bill', () => {
  test('keeps one line a table and operation, in the order of their first call', () => {
    const bill = new Bill();
    bill.add({ table: 't', operation: 'PutItem' }, { writeUnits: 2, indexWriteUnits: 1 });
    bill.add({ table: 't', operation: 'GetItem' }, { readUnits: 0.5 });
    bill.add({ table: 't', operation: 'PutItem' }, { writeUnits: 1, refusals: 1 });
    expect(bill.lines()).toEqual([
      {
        table: 't',
        operation: 'PutItem',
        calls: 2,
        refusals: 1,
        writeUnits: 3,
        indexWriteUnits: 1,
        readUnits: 0,
      },
      {
        table: 't',
        operation: 'GetItem',
        calls: 1,
        refusals: 0,
        writeUnits: 0,
        indexWriteUnits: 0,
        readUnits: 0.5,
      },
    ]);
  });

  test('adds up the lines a filter accepts', () => {
    const bill = new Bill();
    bill.add({ table: 'one', operation: 'PutItem' }, { writeUnits: 2 });
    bill.add({ table: 'other', operation: 'PutItem' }, { writeUnits: 5 });
    expect(bill.total().writeUnits).toBe(7);
    expect(bill.total(({ table }) => table === 'other')).toMatchObject({ calls: 1, writeUnits: 5 });
  });

  test('starts from nothing after clear', () => {
    const bill = new Bill();
    bill.add({ table: 't', operation: 'PutItem' }, { writeUnits: 2 });
    bill.clear();
    expect(bill.total().calls).toBe(0);
  });
});
