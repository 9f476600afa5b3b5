export type {
  EventIndex,
  OutboxEntry,
  OutboxPage,
  OutboxStatus,
  OutboxStore,
  OutboxSummary,
  OutboxWrite,
} from './core/outbox-entry';
export type { Segment, SegmentAddress, SegmentStore, SegmentWrite } from './core/segment';
export type { Writer, WriterStore, WriterWrite } from './core/writer';
