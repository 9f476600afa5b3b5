export { describeOutboxStoreContract } from './outbox-store-contract';
export { type ContractRecord, describeSegmentStoreContract } from './segment-store-contract';
export { describeWriterStoreContract } from './writer-store-contract';
