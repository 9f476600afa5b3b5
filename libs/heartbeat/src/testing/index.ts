export { describeHeartbeatPublisherContract, type PublisherUnderTest } from './heartbeat-publisher-contract';
export { aHeartbeat } from './a-heartbeat';
export { VirtualTimers } from './virtual-timers';
