import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  type GlobalSecondaryIndexProps,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { topology } from '../../libs/topology/src';
import { outputName } from './outputs';
import type { Scoped } from './scoped';

type TableDefinition = (typeof topology.tables)[number];
type Key = TableDefinition['partitionKey'];
type Index = TableDefinition['indexes'][number];

/** The tables: paid by request, restorable to any second of the last 35 days, items expire by themselves. */
export class State extends Construct {
  constructor(scope: Construct, id: string, { stage, names }: Scoped) {
    super(scope, id);
    for (const definition of topology.tables) {
      const { name, ttlAttribute } = definition;
      const table = new Table(this, name, {
        tableName: names.table(name),
        ...keysOf(definition),
        billingMode: BillingMode.PAY_PER_REQUEST,
        encryption: TableEncryption.AWS_MANAGED,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: stage.keepsData,
        removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        ...(ttlAttribute !== undefined && { timeToLiveAttribute: ttlAttribute }),
      });
      for (const index of definition.indexes) table.addGlobalSecondaryIndex(indexProps(index));
      const key = outputName('tables', name);
      new CfnOutput(this, key, { value: table.tableName, key });
    }
  }
}

function indexProps(index: Index): GlobalSecondaryIndexProps {
  return { indexName: index.name, ...keysOf(index), ...projectionOf(index) };
}

function projectionOf({
  projection,
}: Index): Pick<GlobalSecondaryIndexProps, 'projectionType' | 'nonKeyAttributes'> {
  if (projection === 'all') return { projectionType: ProjectionType.ALL };
  if (projection === 'keys') return { projectionType: ProjectionType.KEYS_ONLY };
  return { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projection] };
}

function keysOf({ partitionKey, sortKey }: { readonly partitionKey: Key; readonly sortKey?: Key }) {
  return { partitionKey: attribute(partitionKey), ...(sortKey && { sortKey: attribute(sortKey) }) };
}

function attribute({ name, type }: Key): Attribute {
  return { name, type: type === 'N' ? AttributeType.NUMBER : AttributeType.STRING };
}
