export { openKubernetesPodFeed, type PodSelection } from './kubernetes-pod-feed';
export type { Pod } from './pod';
export type { PodEvent, PodFeed, PodList } from './pod-feed';
export { PodLedger, type PodListener } from './pod-ledger';
export { PodWatch } from './pod-watch';
