export {
  InvalidCursorError,
  LogQueueFullError,
  OutboxContentionError,
  RecordTooLargeError,
  SlotUnavailableError,
} from './core/errors';
export type { LogPorts } from './core/log-ports';
export { type Append, type LogPlace, LogWriter, type LogWriterOptions } from './core/log-writer';
export { openLog, type OpenLogRequest } from './core/open-log';
export {
  type Acceptance,
  Outbox,
  type OutboxDraft,
  type OutboxOptions,
  type Redrive,
  type Settlement,
} from './core/outbox';
export type {
  EventIndex,
  OutboxEntry,
  OutboxPage,
  OutboxStatus,
  OutboxStore,
  OutboxSummary,
  OutboxWrite,
} from './core/outbox-entry';
export { OutboxRelay, type PublishEntry, type RelayOptions, type RelayReport } from './core/outbox-relay';
export type { Receipt } from './core/receipt';
export { recoverAbandoned, type RecoverAbandonedRequest } from './core/recover-abandoned';
export type { Recovery, Redeliver } from './core/recover-slot';
export { boundedRetry, type Retry, type RetryOptions } from './core/retry';
export type { Segment, SegmentAddress, SegmentStore, SegmentWrite } from './core/segment';
export type { Writer, WriterStore, WriterWrite } from './core/writer';
export { WriterWatch } from './core/writer-watch';
