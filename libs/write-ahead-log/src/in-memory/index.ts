export { InMemoryOutboxStore } from './in-memory-outbox-store';
export { InMemorySegmentStore } from './in-memory-segment-store';
export { InMemoryWriterStore } from './in-memory-writer-store';
