import type { PodObservation } from '../core/second-witness';
import { conditionOf, isKept, type Pod } from './pod';

/** Who is told what Kubernetes says. */
export interface PodListener {
  podObserved(observation: PodObservation): void;
  /** How many pods of a service Kubernetes keeps; undefined when it keeps none, or cannot be asked. */
  podsExpected(service: string, desired: number | undefined): void;
  /** Kubernetes cannot be reached: what it said of readiness does not count any longer. */
  podWitnessLost(): void;
}

/** Pods known at a time; further ones are left to silence. Twice what a detector has room for. */
const MAX_PODS = 240_000;

/**
 * Which pods there are, so that a list tells who is gone, and how many each service should have.
 *
 * Expected is the number of pods that Kubernetes keeps, whether they run or not: its controllers make as many as they
 * desire, at once. Reading their desired number itself would take more permissions than pods, and every kind of
 * controller has its own place for it. A service without any pod is left to what was seen of it: that
 * nobody wants it and that none can be made look the same.
 */
export class PodLedger {
  private readonly pods = new Map<string, { readonly service: string; isKept: boolean }>();
  private readonly kept = new Map<string, number>();

  constructor(
    private readonly options: {
      /** Label of a pod whose value is the name of its service. */
      readonly serviceLabel: string;
      readonly listener: PodListener;
    },
  ) {}

  /** Takes in all that there are now: who is not among them is deleted. */
  replace(pods: readonly Pod[]): void {
    const present = new Set(pods.map(({ metadata }) => metadata?.uid));
    for (const uid of this.pods.keys()) if (!present.has(uid)) this.remove(uid);
    for (const pod of pods) this.seen(pod);
  }

  /** Takes in one pod as it is now. */
  seen(pod: Pod): void {
    const uid = pod.metadata?.uid;
    const service = pod.metadata?.labels?.[this.options.serviceLabel];
    if (uid === undefined || service === undefined) return;
    if (!this.pods.has(uid) && this.pods.size >= MAX_PODS) return;
    this.options.listener.podObserved({ service, instanceId: uid, ...conditionOf(pod) });
    const before = this.pods.get(uid)?.isKept ?? false;
    this.pods.set(uid, { service, isKept: isKept(pod) });
    this.count(service, Number(isKept(pod)) - Number(before));
  }

  /** Takes in that a pod is gone. */
  deleted({ metadata }: Pod): void {
    if (metadata?.uid !== undefined) this.remove(metadata.uid);
  }

  /** Nothing of what was said counts any longer; the next list tells all of it anew. */
  lost(): void {
    const { listener } = this.options;
    for (const service of this.kept.keys()) listener.podsExpected(service, undefined);
    this.kept.clear();
    for (const pod of this.pods.values()) pod.isKept = false;
    listener.podWitnessLost();
  }

  private remove(uid: string): void {
    const pod = this.pods.get(uid);
    if (pod === undefined) return;
    this.pods.delete(uid);
    this.options.listener.podObserved({ service: pod.service, instanceId: uid, pod: 'deleted' });
    if (pod.isKept) this.count(pod.service, -1);
  }

  private count(service: string, change: number): void {
    if (change === 0) return;
    const kept = (this.kept.get(service) ?? 0) + change;
    if (kept > 0) this.kept.set(service, kept);
    else this.kept.delete(service);
    this.options.listener.podsExpected(service, kept > 0 ? kept : undefined);
  }
}
