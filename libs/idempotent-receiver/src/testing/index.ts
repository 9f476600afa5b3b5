export { type ContractDecision, describeClaimStoreContract } from './claim-store-contract';
