/** What one kind of call to one table has cost so far. */
export interface BillLine {
  readonly table: string;
  /** `PutItem`, `UpdateItem`, `GetItem`, `Query`, ... */
  readonly operation: string;
  /** Calls made, refused ones included. A call that the SDK repeated counts once. */
  readonly calls: number;
  /** Conditional writes that the condition refused. They cost write units too. */
  readonly refusals: number;
  /** Write units of the table itself. */
  readonly writeUnits: number;
  /** Write units of its indexes. */
  readonly indexWriteUnits: number;
  readonly readUnits: number;
}

/** The price of one call. */
export type Charge = Partial<Pick<BillLine, 'refusals' | 'writeUnits' | 'indexWriteUnits' | 'readUnits'>>;

/** Sum over lines, `writeUnits` without those of the indexes. */
export type BillTotal = Omit<BillLine, 'table' | 'operation'>;

const NOTHING: BillTotal = { calls: 0, refusals: 0, writeUnits: 0, indexWriteUnits: 0, readUnits: 0 };

/** Collects charges into one line a table and operation. */
export class Bill {
  private readonly lineByKey = new Map<string, BillLine>();

  add({ table, operation }: Pick<BillLine, 'table' | 'operation'>, charge: Charge): void {
    const key = `${table} ${operation}`;
    const line = this.lineByKey.get(key) ?? { table, operation, ...NOTHING };
    this.lineByKey.set(key, { table, operation, ...plus(line, { ...NOTHING, ...charge, calls: 1 }) });
  }

  /** Lines in the order in which they were first charged. */
  lines(): readonly BillLine[] {
    return [...this.lineByKey.values()];
  }

  /** The sum of all lines, or of those the filter accepts. */
  total(accepts: (line: BillLine) => boolean = () => true): BillTotal {
    return this.lines().filter(accepts).reduce(plus, NOTHING);
  }

  /** Starts from nothing again. */
  clear(): void {
    this.lineByKey.clear();
  }
}

function plus(one: BillTotal, other: BillTotal): BillTotal {
  return {
    calls: one.calls + other.calls,
    refusals: one.refusals + other.refusals,
    writeUnits: one.writeUnits + other.writeUnits,
    indexWriteUnits: one.indexWriteUnits + other.indexWriteUnits,
    readUnits: one.readUnits + other.readUnits,
  };
}
