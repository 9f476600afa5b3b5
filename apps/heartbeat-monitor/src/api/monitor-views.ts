import type { InstanceView, ServiceSummary } from '@latido/failure-detector';
import type { AlertBoard } from '../boards/alerts';
import { type MaintenanceBoard, markOf } from '../boards/maintenance';
import { edgeKey } from '../books/edge-names';
import type { Monitor } from '../liveness/monitor';
import { freshness, type Freshness } from './freshness';
import { contains, knownEdges, viewOfEdge } from './known-edges';
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
  readonly search?: string;
}

/** A page of a list with how old its facts are; `undefined` stands for a cursor that no page gave out. */
type Listed<T> = (Freshness & { readonly items: readonly T[]; readonly cursor?: string }) | undefined;

/** Instances, and edges, of a service shown with it; the rest is on /api/instances and /api/edges. */
const SHOWN_WITH_SERVICE = 50;
/** Services in the first event of a stream. */
const SERVICES_IN_SNAPSHOT = 1_000;

/** What the API shows, read off the monitor at the moment of the question. */
export class MonitorViews {
  constructor(private readonly ports: MonitorViewsPorts) {}

  services(query: ServicesQuery): Listed<ReturnType<typeof serviceView>> {
    const found = this.detector.services().filter(({ service }) => contains(service, query.search));
    return this.list(query, {
      items: found,
      keyOf: ({ service }) => service,
      viewOf: (summary) => this.viewOf(summary),
    });
  }

  /** One service with its first instances and its edges; `undefined` for one never heard of. */
  service(name: string) {
    const summary = this.detector.service(name);
    if (summary === undefined) return undefined;
    const some = { service: name, limit: SHOWN_WITH_SERVICE };
    const instanceList = this.instances(some)?.items ?? [];
    return {
      ...this.freshness(),
      ...this.viewOf(summary),
      instanceList,
      edges: this.edges(some)?.items ?? [],
    };
  }

  /** One service as the stream tells it. */
  serviceNow(name: string) {
    return { ...this.freshness(), ...(this.serviceSummary(name) ?? { service: name, verdict: 'unknown' }) };
  }

  /** One service as lists show it. */
  serviceSummary(name: string) {
    const summary = this.detector.service(name);
    return summary && this.viewOf(summary);
  }

  instances(query: InstancesQuery): Listed<ReturnType<typeof instanceView>> {
    const { watermarkMs } = this.detector.channel();
    return this.list(query, {
      items: asked(this.detector.instances(query.service), query),
      keyOf: (instance) => `${instance.service}/${instance.instanceId}`,
      viewOf: (instance) => instanceView(instance, watermarkMs),
    });
  }

  edges(query: EdgesQuery): Listed<ReturnType<typeof viewOfEdge>> {
    const { monitor } = this.ports;
    return this.list(query, {
      items: knownEdges(monitor, query),
      keyOf: edgeKey,
      viewOf: (edge) => viewOfEdge(edge, monitor),
    });
  }

  status() {
    const { replica, queue, now, monitor } = this.ports;
    const { book } = monitor;
    const { waiting, failingSince } = this.ports.journal();
    return {
      ...this.freshness(),
      ...channelView(this.detector.channel(), now()),
      massSilence: this.detector.massSilence,
      books: { edges: book.names().length, refusedReports: book.refusedTotal },
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

  private viewOf(summary: ServiceSummary): ReturnType<typeof serviceView> {
    const { maintenance, now } = this.ports;
    return serviceView(summary, markOf(maintenance(), summary.service, now()));
  }

  private list<T, V>(
    query: PageRequest,
    list: {
      readonly items: Iterable<T>;
      readonly keyOf: (item: T) => string;
      readonly viewOf: (item: T) => V;
    },
  ): Listed<V> {
    const page = pageOf(list.items, list.keyOf, query);
    return page && { ...this.freshness(), ...page, items: page.items.map(list.viewOf) };
  }
}

function* asked(instances: Iterable<InstanceView>, query: InstancesQuery): Generator<InstanceView> {
  const { state, search } = query;
  for (const instance of instances) {
    const isAsked = state === undefined || state === instance.state || state === instance.reportedState;
    if (isAsked && contains(instance.instanceId, search)) yield instance;
  }
}
