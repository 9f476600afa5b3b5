import {
  describeOutboxStoreContract,
  describeSegmentStoreContract,
  describeWriterStoreContract,
} from '../testing';
import { InMemoryOutboxStore, InMemorySegmentStore, InMemoryWriterStore } from '.';

let services = 0;
const newService = (): string => `service-${(services += 1)}`;

describeSegmentStoreContract('in memory', () => new InMemorySegmentStore(), newService);
describeWriterStoreContract('in memory', () => new InMemoryWriterStore(), newService);
describeOutboxStoreContract('in memory', (eventIndex) => new InMemoryOutboxStore({ eventIndex }), newService);
