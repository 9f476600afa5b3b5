export { describeLimitStoreContract } from './limit-store-contract';
