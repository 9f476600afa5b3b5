export {
  type Condition,
  type Consistency,
  DynamoTable,
  type Item,
  type QueryPage,
  type QueryRequest,
  type WriteResult,
} from './dynamo-table';
export { toPersistenceError } from './error-mapping';
export { createTableInput } from './create-table-input';
export { BillingMeter } from './billing-meter';
export { type CapacityUse, observeCapacity } from './capacity-observer';
export { checkTables } from './check-tables';
export { createDynamoDbClient, type DynamoDbClientOptions } from './dynamodb-client';
