export { InMemoryVersionStore } from './in-memory-version-store';
