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
