import { encodeEdgeReport, LatencySketch, SequenceWindow, Stragglers } from '@latido/edge-accounting';
import type { EdgeAggregate, Heartbeat } from '@latido/heartbeat';

/** What a monitor is measured with. */
export interface FleetSize {
  readonly instances: number;
  readonly edges: number;
}

export const INTERVAL_MS = 10_000;
export const SERVICES = 100;
/** Services that consume one stream. */
const CONSUMERS = 10;
/** Messages of a stream in one interval: 10 a second. */
const MESSAGES_A_BEAT = 100;
/** What consumers remember of a stream. */
const WINDOW = 8_192;
const TOKEN = 'k3v9x2qa';
const NOTHING = new SequenceWindow(32);

/**
 * A fleet of 100 services whose instances say of themselves what real ones say: 10 consumers a stream,
 * 10 messages a second and stream, all delivered.
 */
export class Fleet {
  private readonly reports: (readonly ((beat: number, nowMs: number) => EdgeAggregate)[])[];

  constructor(readonly size: FleetSize) {
    const reports: ((beat: number, nowMs: number) => EdgeAggregate)[][] = Array.from(
      { length: size.instances },
      () => [],
    );
    for (let edge = 0; edge < size.edges; edge += 1) {
      const stream = Math.floor(edge / CONSUMERS);
      const consumer = (stream + (edge % CONSUMERS) * 7) % SERVICES;
      if (edge % CONSUMERS === 0)
        reports[this.instanceOf(stream % SERVICES, stream)]!.push((beat) => producerReport(stream, beat));
      reports[this.instanceOf(consumer, edge)]!.push((beat, nowMs) => consumerReport(stream, beat, nowMs));
    }
    this.reports = reports;
  }

  /** @param beat - from 1; `nowMs` is when it is sent. */
  heartbeat(instance: number, beat: number, nowMs: number): Heartbeat {
    const service = nameOfService(instance % SERVICES);
    return {
      service,
      instanceId: instanceIdOf(instance),
      incarnation: { epoch: 12_000, token: TOKEN },
      seq: beat,
      sentAtMs: Math.trunc(nowMs),
      uptimeMs: beat * INTERVAL_MS,
      intervalMs: INTERVAL_MS,
      state: 'up',
      version: '1.4.2',
      zone: `us-east-1${'abc'[instance % 3]}`,
      produces: [{ topic: 'state-events', contracts: ['latido.state.changed.v1'] }],
      accepts: [{ topic: 'receipts', contracts: ['latido.receipt.v1'] }],
      edges: this.reports[instance]!.map((report) => report(beat, nowMs)),
    };
  }

  /** Some instance of a service, another one for another number. */
  private instanceOf(service: number, number: number): number {
    const instances = Math.floor(this.size.instances / SERVICES);
    return service + SERVICES * (number % instances);
  }
}

export function nameOfService(service: number): string {
  return `service-${service}`;
}

/** As long as a pod's UID. */
export function instanceIdOf(instance: number): string {
  return `6f2c1a1e-7d0f-4f6c-9b57-${instance.toString(16).padStart(12, '0')}`;
}

function producerReport(stream: number, beat: number): EdgeAggregate {
  const contracts = { 'latido.state.changed.v1': beat * MESSAGES_A_BEAT };
  const report = encodeEdgeReport({ role: 'producer', ...streamOf(stream), window: NOTHING, contracts });
  return { ...report, window: windowAt(beat, 'producer') };
}

function consumerReport(stream: number, beat: number, nowMs: number): EdgeAggregate {
  const report = encodeEdgeReport({
    role: 'consumer',
    ...streamOf(stream),
    life: 1,
    window: NOTHING,
    stragglers: new Stragglers(),
    counts: countsAt(beat),
    latency: latencyAt(beat),
    lastMessageAtMs: Math.trunc(nowMs) - 40,
  });
  return { ...report, window: windowAt(beat, 'consumer') };
}

/** Three duplicates, an inversion and a failed attempt in each interval. */
function countsAt(beat: number) {
  return {
    delivered: beat * MESSAGES_A_BEAT,
    duplicate: 3 * beat,
    late: 0,
    inversions: beat,
    failed: beat,
    deadLettered: 0,
    unknownType: 0,
    unknownVersion: 0,
    invalidData: 0,
  };
}

function streamOf(stream: number) {
  const [service, topic] = [stream % SERVICES, Math.floor(stream / SERVICES)];
  return { source: `/${nameOfService(service)}`, epoch: 12_000, topic: `topic-${topic}` };
}

const windows = new Map<string, { readonly beat: number; readonly window: unknown }>();

/** All streams stand equally high at one beat, so their windows are the same. */
function windowAt(beat: number, role: 'producer' | 'consumer'): unknown {
  const known = windows.get(role);
  if (known?.beat === beat) return known.window;
  const window = new SequenceWindow(WINDOW);
  window.announce(beat * MESSAGES_A_BEAT);
  if (role === 'consumer') window.markRange(window.floor, window.highest, 'delivered');
  const stream = { source: '/a', epoch: 1, topic: 't', window };
  const made = encodeEdgeReport({ role: 'producer', ...stream, contracts: {} })['window'];
  windows.set(role, { beat, window: made });
  return made;
}

const latencies = new Map<'newest', { readonly beat: number; readonly sketch: LatencySketch }>();

/** Eleven buckets from 8 to 400 ms. */
function latencyAt(beat: number): LatencySketch {
  const known = latencies.get('newest');
  if (known?.beat === beat) return known.sketch;
  const sketch = new LatencySketch();
  for (let ms = 8; ms <= 400; ms *= 1.5) for (let i = 0; i < beat; i += 1) sketch.record(ms);
  latencies.set('newest', { beat, sketch });
  return sketch;
}
