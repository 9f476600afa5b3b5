export { type AwsClientOptions, createSnsClient, createSqsClients, type SqsClients } from './clients';
export { createPublisher } from './create-publisher';
export { toMessagingError } from './error-mapping';
export { SnsTopic } from './sns-topic';
export { SqsQueue } from './sqs-queue';
export { sha256Hex, systemPorts } from './system-ports';
