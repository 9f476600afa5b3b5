export { isPersistenceError, PersistenceError, type PersistenceErrorCode } from './core/errors';
export {
  type IndexDefinition,
  type KeyAttribute,
  keyNamesOf,
  type KeyType,
  type TableDefinition,
} from './core/table-definition';
