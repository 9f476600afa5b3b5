import type { EdgeTotals } from '@latido/edge-accounting';
import type { InstanceView, ServiceSummary } from '@latido/failure-detector';
import type { AlertBoard } from '../boards/alerts';
import { type MaintenanceBoard, markOf } from '../boards/maintenance';
import type { Monitor } from '../liveness/monitor';
import { edgeKey, edgeView } from './edge-view';
import { freshness, type Freshness } from './freshness';
import { pageOf, type PageRequest } from './page';
import { instanceView, serviceView } from './service-view';
import { channelView } from './status-view';

export interface MonitorViewsPorts {
  readonly monitor: Pick<Monitor, 'detector' | 'book' | 'contracts'>;
  readonly maintenance: () => MaintenanceBoard;
  readonly alerts: () => AlertBoard;
  /** What the record is like: changes that wait for the store, and since when it takes none. */
  readonly journal: () => { readonly waiting: number; readonly failingSince: number | undefined };
  readonly now: () => number;
  readonly replica: number;
  readonly queue: string;
}

export interface ServicesQuery extends PageRequest {
  readonly search?: string;
}

export interface InstancesQuery extends PageRequest {
  readonly service?: string;
  readonly state?: string;
  readonly search?: string;
}

export interface EdgesQuery extends PageRequest {
  readonly service?: string;
}

/** A page of a list with how old its facts are; `undefined` stands for a cursor that no page gave out. */
type Listed<T> = (Freshness & { readonly items: readonly T[]; readonly cursor?: string }) | undefined;

/** Instances of a service shown with it; the rest is on /api/instances. */
const INSTANCES_WITH_SERVICE = 50;
/** Services in the first event of a stream. */
const SERVICES_IN_SNAPSHOT = 1_000;

/** What the API shows, read off the monitor at the moment of the question. */
export class MonitorViews {
  constructor(private readonly ports: MonitorViewsPorts) {}

  services(query: ServicesQuery): Listed<ReturnType<typeof serviceView>> {
    const byName = new Map(this.detector.services().map((summary) => [summary.service, summary]));
    const names = [...byName.keys()].filter((name) => contains(name, query.search)).sort();
    return this.list(names, query, (name) => this.viewOf(byName.get(name)));
  }

  /** One service with its first instances and its edges; `undefined` for one never heard of. */
  service(name: string) {
    const summary = this.detector.service(name);
    if (summary === undefined) return undefined;
    const instances = this.instances({ service: name, limit: INSTANCES_WITH_SERVICE })?.items ?? [];
    const edges = this.edgesOf(name).map((edge) => edgeView(edge, this.ports.monitor.contracts));
    return { ...this.freshness(), ...this.viewOf(summary), instanceList: instances, edges };
  }

  /** One service as lists show it. */
  serviceSummary(name: string) {
    const summary = this.detector.service(name);
    return summary && this.viewOf(summary);
  }

  instances(query: InstancesQuery): Listed<ReturnType<typeof instanceView>> {
    const found = new Map<string, InstanceView>();
    for (const instance of this.detector.instances(query.service)) {
      const { service, instanceId, state, reportedState } = instance;
      const isAsked = query.state === undefined || query.state === state || query.state === reportedState;
      if (isAsked && contains(instanceId, query.search)) found.set(`${service}/${instanceId}`, instance);
    }
    const { watermarkMs } = this.detector.channel();
    return this.list([...found.keys()].sort(), query, (key) => {
      const instance = found.get(key);
      return instance && instanceView(instance, watermarkMs);
    });
  }

  edges(query: EdgesQuery): Listed<ReturnType<typeof edgeView>> {
    const found = new Map(this.edgesOf(query.service).map((edge) => [edgeKey(edge), edge]));
    return this.list([...found.keys()].sort(), query, (key) => {
      const edge = found.get(key);
      return edge && edgeView(edge, this.ports.monitor.contracts);
    });
  }

  status() {
    const { replica, queue, now } = this.ports;
    const { waiting, failingSince } = this.ports.journal();
    return {
      ...this.freshness(),
      ...channelView(this.detector.channel(), now()),
      massSilence: this.detector.massSilence,
      replica,
      queue,
      record: {
        waiting,
        failingSince: failingSince === undefined ? null : new Date(failingSince).toISOString(),
      },
      alerts: this.ports.alerts(),
    };
  }

  /** Everything that a new listener of the stream needs. */
  snapshot() {
    return { status: this.status(), services: this.services({ limit: SERVICES_IN_SNAPSHOT })?.items ?? [] };
  }

  freshness(): Freshness {
    return freshness(this.detector.channel(), this.ports.now());
  }

  private get detector() {
    return this.ports.monitor.detector;
  }

  private edgesOf(service: string | undefined): readonly EdgeTotals[] {
    const edges = this.ports.monitor.book.edges();
    if (service === undefined) return edges;
    return edges.filter(({ producer, consumer }) => consumer === service || producer === `/${service}`);
  }

  private viewOf(summary: ServiceSummary): ReturnType<typeof serviceView>;
  private viewOf(summary: ServiceSummary | undefined): ReturnType<typeof serviceView> | undefined;
  private viewOf(summary: ServiceSummary | undefined) {
    const { maintenance, now } = this.ports;
    return summary && serviceView(summary, markOf(maintenance(), summary.service, now()));
  }

  private list<T>(
    keys: readonly string[],
    query: PageRequest,
    view: (key: string) => T | undefined,
  ): Listed<T> {
    const page = pageOf(keys, query);
    if (page === undefined) return undefined;
    const items = page.items.map(view).filter((item) => item !== undefined);
    return { ...this.freshness(), items, ...(page.cursor !== undefined && { cursor: page.cursor }) };
  }
}

function contains(text: string, search: string | undefined): boolean {
  return search === undefined || text.toLowerCase().includes(search.toLowerCase());
}
