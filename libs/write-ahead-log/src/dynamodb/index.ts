export { DynamoDbOutboxStore, type DynamoDbOutboxOptions } from './dynamo-db-outbox-store';
export { DynamoDbSegmentStore } from './dynamo-db-segment-store';
export { DynamoDbWriterStore } from './dynamo-db-writer-store';
export { OUTBOX_INDEX, OUTBOX_INDEX_NAME } from './outbox-index';
