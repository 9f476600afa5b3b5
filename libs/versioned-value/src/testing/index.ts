export { describeVersionStoreContract } from './version-store-contract';
