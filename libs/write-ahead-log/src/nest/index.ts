export { LogKeeper, type LogKeeperOptions } from './log-keeper';
export { OutboxModule, type OutboxModuleOptions, type OutboxModuleSettings } from './outbox.module';
export { RelayTimer } from './relay-timer';
export { LOG_KEEPER, OUTBOX, OUTBOX_RELAY } from './tokens';
export { WriteAheadLogModule, type WriteAheadLogModuleOptions } from './write-ahead-log.module';
