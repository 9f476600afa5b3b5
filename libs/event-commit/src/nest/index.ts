export {
  EVENT_COMMITTER,
  EventCommitModule,
  type EventCommitModuleOptions,
  type EventCommitSettings,
} from './event-commit.module';
