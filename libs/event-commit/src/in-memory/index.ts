export {
  createInMemoryCommitter,
  createInMemoryTables,
  type InMemoryCommitter,
  type InMemoryTables,
} from './in-memory-committer';
