export { InMemoryLimitStore } from './in-memory-limit-store';
