import { DynamoDbClaimStore } from '@latido/idempotent-receiver/dynamodb';
import { DynamoLimitStore } from '@latido/lamport-clock/dynamodb';
import { keyNamesOf } from '@latido/persistence';
import { DynamoTable, observeCapacity } from '@latido/persistence/dynamodb';
import { type TableName, topology } from '@latido/topology';
import { DynamoDbVersionStore } from '@latido/versioned-value/dynamodb';
import { DynamoDbSegmentStore, DynamoDbWriterStore } from '@latido/write-ahead-log/dynamodb';
import type { ServiceBMetrics } from '../telemetry/metrics';
import type { ServiceBResources } from './aws-resources';
import type { Stores } from './infrastructure';

/** The patterns on their three tables, with everything they use counted by table. */
export function storesOf(aws: ServiceBResources, metrics: ServiceBMetrics): Stores {
  countUnits(aws, metrics);
  const log = tableOf(aws, 'WriteAheadLog');
  return {
    claims: new DynamoDbClaimStore(tableOf(aws, 'IdempotencyTable')),
    versions: new DynamoDbVersionStore(tableOf(aws, 'VersionedState')),
    segments: new DynamoDbSegmentStore(log),
    writers: new DynamoDbWriterStore(log),
    limits: new DynamoLimitStore(log),
  };
}

function tableOf({ dynamodb, names }: ServiceBResources, name: TableName): DynamoTable {
  const definition = topology.tables.find((table) => table.name === name);
  return new DynamoTable(dynamodb, names.table(name), definition ? keyNamesOf(definition) : []);
}

/** Metrics name a table without its prefix, so that one dashboard serves every installation. */
function countUnits({ dynamodb, names }: ServiceBResources, metrics: ServiceBMetrics): void {
  const labels = new Map(topology.tables.map(({ name }) => [names.table(name), name]));
  observeCapacity(dynamodb, ({ table: realName, writeUnits, readUnits }) => {
    const table = labels.get(realName);
    if (table === undefined) return;
    metrics.interop_commit_write_units_total.inc({ table }, writeUnits);
    metrics.interop_commit_read_units_total.inc({ table }, readUnits);
  });
}
