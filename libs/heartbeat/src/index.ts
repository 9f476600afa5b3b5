export { HeartbeatOptionsError } from './core/errors';
export {
  buildHeartbeat,
  type EdgeAggregate,
  type Heartbeat,
  type HeartbeatIdentity,
  type HeartbeatState,
  type TopicContracts,
} from './core/heartbeat';
export { heartbeatContract } from './core/heartbeat-contract';
export {
  HeartbeatSender,
  type HeartbeatSenderOptions,
  type HeartbeatSenderStats,
} from './core/heartbeat-sender';
export { compareIncarnations, type Incarnation } from './core/incarnation';
export { parseHeartbeat, type ParsedHeartbeat, validateHeartbeat } from './core/parse-heartbeat';
export type { CollectAggregates, HeartbeatPublisher, KeyedAggregate, Timers } from './core/ports';
