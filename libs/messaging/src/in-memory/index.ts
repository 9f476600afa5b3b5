export { InMemoryQueue } from './in-memory-queue';
export { InMemoryTopic } from './in-memory-topic';
