export { buildVersion } from './build-version';
export { describeVersionStoreContract } from './version-store-contract';
