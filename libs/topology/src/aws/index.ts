export { seedQueues } from './seed-queues';
export { seedTables } from './seed-tables';
export { seedTopics } from './seed-topics';
