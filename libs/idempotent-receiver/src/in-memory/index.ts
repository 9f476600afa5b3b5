export { InMemoryClaimStore } from './in-memory-claim-store';
