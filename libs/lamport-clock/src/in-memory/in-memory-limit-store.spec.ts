import { describeLimitStoreContract } from '../testing';
import { InMemoryLimitStore } from './in-memory-limit-store';

let services = 0;
describeLimitStoreContract(
  'in memory',
  () => new InMemoryLimitStore(),
  () => `service-${(services += 1)}`,
);
