import { type InstanceRecord, ServiceRecord } from './peer-records';
import type { DetectorSettings } from './settings';

/** Services and their instances, bounded on every axis. */
export class PeerTable {
  readonly services = new Map<string, ServiceRecord>();
  /** Heartbeats refused because the table is full, by no name: a name would be a bound broken. */
  overflowed = 0;
  private instanceCount = 0;

  constructor(private readonly settings: DetectorSettings) {}

  get size(): number {
    return this.instanceCount;
  }

  find(service: string, instanceId: string): InstanceRecord | undefined {
    return this.services.get(service)?.instances.get(instanceId);
  }

  /** The service, made if there is room for one more. */
  service(name: string): ServiceRecord | undefined {
    const known = this.services.get(name);
    if (known !== undefined || this.services.size >= this.settings.maxServices) return known;
    const made = new ServiceRecord(name, this.settings);
    this.services.set(name, made);
    return made;
  }

  hasRoomFor(service: ServiceRecord): boolean {
    return (
      this.instanceCount < this.settings.maxInstances &&
      service.instances.size < this.settings.maxInstancesPerService
    );
  }

  add(instance: InstanceRecord): void {
    instance.service.instances.set(instance.instanceId, instance);
    this.instanceCount++;
  }

  remove(instance: InstanceRecord): void {
    if (!instance.service.instances.delete(instance.instanceId)) return;
    instance.service.ended.delete(instance);
    this.instanceCount--;
  }

  /** Those that are neither down nor gone, over all services. */
  get trusted(): number {
    let trusted = 0;
    for (const service of this.services.values()) trusted += service.alive;
    return trusted;
  }
}
