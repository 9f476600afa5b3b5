export { describeMessageQueueContract, type QueueUnderTest } from './message-queue-contract';
export { describePublisherContract, type PublisherUnderTest } from './publisher-contract';
export { VirtualTime } from './virtual-time';
