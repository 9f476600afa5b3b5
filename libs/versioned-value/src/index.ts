export { isIntact } from './core/checksum';
export { InvalidCursorError } from './core/cursor';
export { nextVersion } from './core/next-version';
export { planRollback } from './core/plan-rollback';
export { settleRollback } from './core/settle-rollback';
export { VersionedValue } from './core/versioned-value';
export type {
  JsonValue,
  StateOperation,
  SubjectPage,
  Version,
  VersionCause,
  VersionContent,
  VersionPage,
  VersionStore,
  VersionWrite,
} from './core/version';
