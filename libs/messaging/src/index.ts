export { isJsonObject, type JsonObject, type JsonValue } from './core/json-value';
export { isMessagingError, MessagingError, type MessagingErrorCode } from './core/errors';

export type { EventEnvelope } from './core/envelope/event-envelope';
export { fingerprintOf } from './core/envelope/fingerprint';
export { parseEnvelope } from './core/envelope/parse-envelope';
export type { ParseContext, ParsedMessage, UnreadableReason } from './core/envelope/parsed-message';
export { serializeEnvelope } from './core/envelope/serialize-envelope';
export { unsoundness } from './core/envelope/sound-json';
export { MAX_BODY_BYTES, MAX_NAME_CHARACTERS } from './core/envelope/bounds';
export { utf8Length } from './core/envelope/utf8-length';

export { type Contract, dataschemaOf } from './core/contract/contract';
export { type ContractCheck, ContractRegistry, type FieldProblem } from './core/contract/contract-registry';
export { RECEIPT_V1, type ReceiptData } from './core/contract/receipt';
export { STATE_CHANGED_V1 } from './core/contract/state-changed';

export { type BatchingOptions, BatchingPublisher } from './core/publish/batching-publisher';
export { eventMessage } from './core/publish/event-message';
export type { OutgoingMessage } from './core/publish/outgoing-message';
export type { BatchTransport, Publisher, PublishFailureCode, PublishResult } from './core/publish/publisher';
export type { PublisherSignal } from './core/publish/publisher-signal';

export type { BatchHandler } from './core/consume/batch-handler';
export type { BatchReport } from './core/consume/batch-report';
export type { ConsumerOptions } from './core/consume/consumer-options';
export type { ConsumerPorts } from './core/consume/consumer-ports';
export type { ConsumerSignal, TroublePlace, TroubleSignal } from './core/consume/consumer-signal';
export type { ConsumerStatus } from './core/consume/consumer-status';
export type { DeadLetterDisposition, Disposition } from './core/consume/disposition';
export type { MessageQueue, VisibilityChange } from './core/consume/message-queue';
export { type DrainResult, type PollResult, QueueConsumer } from './core/consume/queue-consumer';
export { readEvent } from './core/consume/read-event';
export type { ReceivedMessage } from './core/consume/received-message';
export { type DeadLetter, DeadLetters, type RedriveResult } from './core/dead-letter/dead-letters';
export { isWornOut, MAX_RECEIVES_REASON } from './core/dead-letter/worn-out';
