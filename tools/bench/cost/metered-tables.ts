import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { keyNamesOf, type TableDefinition } from '@latido/persistence';
import {
  BillingMeter,
  createDynamoDbClient,
  DynamoTable,
  observeCapacity,
} from '@latido/persistence/dynamodb';
import { connectEmbeddedAws, seedUnderUniquePrefix } from '@latido/testing';
import { type ResourceNames, type TableName, topology } from '@latido/topology';
import type { Cost } from './cost';
import { giveRefusalsTheirItem } from './refusals-with-items';
import { TripGate } from './trip-gate';

/** The meter's own sums beside those of the store, over all work of which the store reports every call. */
export interface MeterCheck {
  readonly calls: number;
  readonly metered: { readonly writeUnits: number; readonly readUnits: number };
  readonly reported: { readonly writeUnits: number; readonly readUnits: number };
}

/**
 * The three tables under names of their own, behind a client on which everything is counted.
 *
 *     work ──▶ gate (trips) ──▶ meter (units by AWS's rules) ──▶ observer (units as reported) ──▶ embedded store
 *
 * The embedded store does not report refusals, index writes and queries that find nothing; the meter charges those
 * too, and is checked against what the store does report: see {@link check}.
 */
export class MeteredTables {
  private readonly gate = new TripGate();
  private readonly meter: BillingMeter;
  private reported = { ...NOTHING };
  private isAllReported = true;
  private sums: MeterCheck = { calls: 0, metered: NOTHING, reported: NOTHING };

  private constructor(
    readonly names: ResourceNames,
    private readonly client: DynamoDBClient,
    private readonly reader: DynamoDBClient,
  ) {
    const tables = topology.tables.map((definition) => ({ name: names.table(definition.name), definition }));
    this.meter = new BillingMeter(tables);
    this.meter.attach(client, reader);
    this.gate.attach(client);
    observeCapacity(client, ({ refused, writeUnits, readUnits }) => {
      // A query that finds nothing is reported as free; AWS bills it like 4 KB.
      if (refused || writeUnits + readUnits === 0) this.isAllReported = false;
      this.reported.writeUnits += writeUnits;
      this.reported.readUnits += readUnits;
    });
  }

  /**
   * Creates the tables on the embedded AWS that the environment names.
   *
   * @param refusals - `with_item` as AWS answers, `without_item` as the embedded store does.
   */
  static async create(refusals: 'with_item' | 'without_item' = 'with_item'): Promise<MeteredTables> {
    const aws = connectEmbeddedAws();
    const names = await seedUnderUniquePrefix(aws);
    aws.close();
    const [client, reader] = [createDynamoDbClient(), createDynamoDbClient()];
    const metered = new MeteredTables(names, client, reader);
    const definitionOf = (name: string): TableDefinition | undefined =>
      topology.tables.find((table) => names.table(table.name) === name);
    if (refusals === 'with_item') giveRefusalsTheirItem(client, { reader, definitionOf });
    return metered;
  }

  /** A table whose calls are counted. */
  table(name: TableName): DynamoTable {
    const definition = topology.tables.find((table) => table.name === name)!;
    return new DynamoTable(this.client, this.names.table(name), keyNamesOf(definition));
  }

  /** Counts what `work` costs. One piece of work at a time. */
  async measure(
    size: { readonly events: number; readonly batches: number },
    work: () => Promise<unknown>,
  ): Promise<Cost> {
    this.meter.reset();
    this.reported = { ...NOTHING };
    this.isAllReported = true;
    const tripsBefore = this.gate.trips;
    await work();
    const { calls, writeUnits, indexWriteUnits, readUnits } = this.meter.total();
    if (this.isAllReported) this.addToCheck(calls, { writeUnits, readUnits });
    const trips = this.gate.trips - tripsBefore;
    return { ...size, writeUnits: writeUnits + indexWriteUnits, readUnits, calls, trips };
  }

  /** Both sums, index writes left out. */
  get check(): MeterCheck {
    return this.sums;
  }

  close(): void {
    this.client.destroy();
    this.reader.destroy();
  }

  private addToCheck(calls: number, metered: MeterCheck['metered']): void {
    this.sums = {
      calls: this.sums.calls + calls,
      metered: plus(this.sums.metered, metered),
      reported: plus(this.sums.reported, this.reported),
    };
  }
}

const NOTHING = { writeUnits: 0, readUnits: 0 };

function plus(one: MeterCheck['metered'], other: MeterCheck['metered']): MeterCheck['metered'] {
  return {
    writeUnits: one.writeUnits + other.writeUnits,
    readUnits: one.readUnits + other.readUnits,
  };
}
