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
