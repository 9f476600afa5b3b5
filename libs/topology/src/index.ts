export type {
  DrainDescription,
  LocalAwsPorts,
  ApiObjective,
  EdgeObjective,
  Ownership,
  QueueDescription,
  ServiceDescription,
  ServicePorts,
  SubscriptionDescription,
  TopicDescription,
  Topology,
  WorkflowObjective,
} from './core/description';
export { graceSeconds, stopSeconds } from './core/drain';
export { type Edge, edges, queuesOf } from './core/edges';
export type { GivenNames } from './core/given-names';
export { type Grant, type GrantedResource, grantsOf } from './core/grants';
export { type FlowCondition, type NetworkFlow, networkFlows, type Outsider } from './core/network';
export { type ReadGivenNames, readGivenNames } from './core/read-given-names';
export { type Downstream, downstreams } from './core/downstreams';
export { NOBODY, ownerOf, unownedServices } from './core/ownership';
export { redeliveryBoundSeconds } from './core/redelivery-bound';
export { boardSubject, isReservedSubject, serviceOfSubject, serviceSubject } from './core/reserved-subjects';
export {
  isResourcePrefix,
  MAX_PREFIX_CHARACTERS,
  type ResourceNames,
  resourceNames,
  type ResourceScope,
} from './core/resource-names';
export { queueOf, serviceOf } from './core/service-of';
export {
  heartbeatQueueName,
  MONITOR_REPLICAS,
  type QueueName,
  type ServiceName,
  type TableName,
  topology,
  type TopicName,
} from './core/topology';
