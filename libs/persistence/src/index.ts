export type { BillLine, BillTotal } from './core/bill';
export { indexWriteUnits, readUnits, tableWriteUnits, writeUnits } from './core/capacity';
export { isPersistenceError, PersistenceError, type PersistenceErrorCode } from './core/errors';
export { itemSizeBytes, type TypedItem } from './core/item-size';
export {
  type IndexDefinition,
  type KeyAttribute,
  keyNamesOf,
  type TableDefinition,
} from './core/table-definition';
