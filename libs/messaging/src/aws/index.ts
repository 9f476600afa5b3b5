export { type AwsClientOptions, createSnsClient, createSqsClients, type SqsClients } from './clients';
export { createPublisher } from './create-publisher';
export { toMessagingError } from './error-mapping';
export {
  type FoundQueue,
  type LookUp,
  lookUpQueue,
  lookUpTopic,
  type QueueDepth,
  queueDepth,
} from './look-up';
export { SnsTopic } from './sns-topic';
export { SqsQueue } from './sqs-queue';
export { sha256Hex, systemPorts } from './system-ports';
