export {
  HeartbeatModule,
  type HeartbeatModuleAsyncOptions,
  type HeartbeatModuleOptions,
} from './heartbeat.module';
export { HEARTBEAT_SENDER } from './tokens';
