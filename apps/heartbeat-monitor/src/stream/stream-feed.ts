import type { Fact } from '@latido/failure-detector';
import type { MonitorListener } from '../liveness/monitor';
import type { EventLog } from './event-log';

export interface StreamFeedPorts {
  readonly events: Pick<EventLog, 'append'>;
  /** A service as the API shows it, with how old that is. */
  readonly serviceOf: (service: string) => unknown;
  /** The status as the API shows it. */
  readonly status: () => unknown;
}

/**
 * Turns what the monitor finds out into events of the stream.
 *
 * - `transition`, `restart`, `burial`: one instance
 * - `service`: a service after any of its instances changed
 * - `status`: whether the monitor is blind; also told once an interval, so that a silent stream is a broken one
 */
export class StreamFeed implements MonitorListener {
  constructor(private readonly ports: StreamFeedPorts) {}

  found(facts: readonly Fact[]): void {
    const services = new Set<string>();
    let statusChanged = false;
    for (const fact of facts) {
      if (fact.kind === 'blind' || fact.kind === 'mass_silence') statusChanged = true;
      else services.add(fact.service);
      if (fact.kind === 'transition' || fact.kind === 'restart' || fact.kind === 'burial') {
        const { kind, atMs, ...rest } = fact;
        this.ports.events.append(kind, { ...rest, at: new Date(atMs).toISOString() });
      }
    }
    for (const service of services) this.tellService(service);
    if (statusChanged) this.tellStatus();
  }

  tellService(service: string): void {
    this.ports.events.append('service', this.ports.serviceOf(service));
  }

  tellStatus(): void {
    this.ports.events.append('status', this.ports.status());
  }
}
