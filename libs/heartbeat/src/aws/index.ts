export {
  EventHeartbeatPublisher,
  type EventHeartbeatPublisherPorts,
  HeartbeatNotPublishedError,
} from './event-heartbeat-publisher';
