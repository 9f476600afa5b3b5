import { Aws } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';

/** Members of our envelope; `data` stays JSON text, for json_extract. */
const COLUMNS = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'dataschema',
  'lamport',
  'epoch',
  'sequence',
  'causedby',
  'partitionkey',
  'traceparent',
  'data',
];

/** Day of the first file there can be. */
const FIRST_DAY = '2026-01-01';

/**
 * What Athena knows of the archive: one table, by topic and day, whose partitions are computed and need no crawler.
 * @example
 * SELECT id, lamport FROM latido_prod.events WHERE topic = 'state-events' AND day = '2026-11-22' AND subject = 'cart-7'
 */
export class ArchiveCatalog extends Construct {
  constructor(
    scope: Construct,
    id: string,
    archive: { readonly databaseName: string; readonly topics: readonly string[]; readonly location: string },
  ) {
    super(scope, id);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: archive.databaseName },
    });
    const table = new CfnTable(this, 'Events', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: archive.databaseName,
      tableInput: {
        name: 'events',
        tableType: 'EXTERNAL_TABLE',
        parameters: { classification: 'json', ...projection(archive) },
        partitionKeys: ['topic', 'day'].map(textColumn),
        storageDescriptor: {
          columns: COLUMNS.map(textColumn),
          location: archive.location,
          compressed: true,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
        },
      },
    });
    table.addResourceDependency(database);
  }
}

function projection({ topics, location }: { readonly topics: readonly string[]; readonly location: string }) {
  return {
    'projection.enabled': 'true',
    'projection.topic.type': 'enum',
    'projection.topic.values': topics.join(','),
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy-MM-dd',
    'projection.day.range': `${FIRST_DAY},NOW`,
    'storage.location.template': `${location}topic=\${topic}/day=\${day}/`,
  };
}

function textColumn(name: string): { readonly name: string; readonly type: string } {
  return { name, type: 'string' };
}
