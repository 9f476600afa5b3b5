export type {
  QueueDescription,
  ServiceDescription,
  ServicePorts,
  SubscriptionDescription,
  TopicDescription,
  Topology,
} from './core/description';
export { type Edge, edges, queuesOf } from './core/edges';
export { redeliveryBoundSeconds } from './core/redelivery-bound';
export { boardSubject, isReservedSubject, serviceOfSubject, serviceSubject } from './core/reserved-subjects';
export { type ResourceNames, resourceNames, type ResourceScope } from './core/resource-names';
export {
  heartbeatQueueName,
  type QueueName,
  type ServiceName,
  type TableName,
  topology,
  type TopicName,
} from './core/topology';
