import { LatencySketch, type WireSketch } from './latency-sketch';
import type { SequenceWindow } from './sequence-window';
import { Stragglers } from './stragglers';
import { decodeWindow, encodeWindow, type WireWindow } from './window-codec';

/** One producer's sequence on one topic. A relayed message keeps the epoch it was stamped with. */
export interface Stream {
  /** `source` of the envelope, e.g. `/service-a`. */
  readonly source: string;
  readonly epoch: number;
  readonly topic: string;
}

/** What a consumer counted on a stream since `life` began. Each counter only grows. */
export interface ConsumerCounts {
  /** First deliveries, as far as this process knows. */
  readonly delivered: number;
  readonly duplicate: number;
  /** Handled, and arrived below the window, where a duplicate cannot be told from a first delivery. */
  readonly late: number;
  /** First deliveries after one with a higher number. */
  readonly inversions: number;
  /** Attempts that failed and left the message in its queue. */
  readonly failed: number;
  readonly deadLettered: number;
  /** Of a type, or of a version of a known type, that the consumer has no contract for. */
  readonly unknownType: number;
  readonly unknownVersion: number;
  /** Of a known contract, which their data break. */
  readonly invalidData: number;
}

/** Nothing was counted. */
export const NO_COUNTS: ConsumerCounts = {
  delivered: 0,
  duplicate: 0,
  late: 0,
  inversions: 0,
  failed: 0,
  deadLettered: 0,
  unknownType: 0,
  unknownVersion: 0,
  invalidData: 0,
};

/** What a producer says of its own sequence: numbers that exist, and those that are void. */
export interface ProducerReport extends Stream {
  readonly role: 'producer';
  readonly window: SequenceWindow;
  /** Messages by contract, since the start of the process. */
  readonly contracts: Readonly<Record<string, number>>;
}

/** What a consumer says of somebody's sequence. */
export interface ConsumerReport extends Stream {
  readonly role: 'consumer';
  /** Tells two lives of the counters apart, when the stream was forgotten in between. */
  readonly life: number;
  readonly window: SequenceWindow;
  /** What arrived below the window. */
  readonly stragglers: Stragglers;
  readonly counts: ConsumerCounts;
  readonly latency: LatencySketch;
  readonly lastMessageAtMs: number;
}

export type EdgeReport = ProducerReport | ConsumerReport;

/** Who sent a report: the service, and the one start of one instance of it. */
export interface Reporter {
  readonly service: string;
  /** Unique to the incarnation: instance id, epoch and token in one text. */
  readonly instance: string;
}

/** A report as it rides on a heartbeat: plain JSON, about 250 characters. */
export type WireEdgeReport = Readonly<Record<string, unknown>>;

const COUNTS = [
  'delivered',
  'duplicate',
  'late',
  'inversions',
  'failed',
  'deadLettered',
  'unknownType',
  'unknownVersion',
  'invalidData',
] as const satisfies readonly (keyof ConsumerCounts)[];
const MAX_TEXT = 256;
/** Contracts told apart on one stream: a producer names no more, whoever makes up others is not followed. */
export const MAX_CONTRACTS = 16;
/** What a counter may say: 30 years of 1,000 messages a second. Sums of thousands of them stay exact. */
const MAX_COUNT = 1e12;

/** Writes a report as plain JSON. */
export function encodeEdgeReport(report: EdgeReport): WireEdgeReport {
  const { role, source, epoch, topic } = report;
  const window: WireWindow = encodeWindow(report.window);
  if (report.role === 'producer') return { role, source, epoch, topic, window, contracts: report.contracts };
  const latency: WireSketch = report.latency.toWire();
  const counts = countsToWire(report.counts);
  const { life, lastMessageAtMs } = report;
  const late = report.stragglers.toWire();
  return {
    role,
    source,
    epoch,
    topic,
    life,
    window,
    counts,
    latency,
    lastMessageAtMs,
    ...(late && { late }),
  };
}

/** Reads a report that came from outside. Every part is bounded; `undefined` for anything but a whole report. */
export function parseEdgeReport(value: unknown): EdgeReport | undefined {
  if (!isRecord(value)) return undefined;
  const { source, epoch, topic } = value;
  const window = decodeWindow(value['window']);
  if (!isText(source) || !isWhole(epoch) || !isText(topic) || !window) return undefined;
  if (window.highest > MAX_COUNT) return undefined;
  const stream = { source, epoch, topic, window };
  if (value['role'] === 'producer') {
    const contracts = contractsOf(value['contracts']);
    return contracts && { role: 'producer', ...stream, contracts };
  }
  return value['role'] === 'consumer' ? consumerReportOf(value, stream) : undefined;
}

function consumerReportOf(
  value: Readonly<Record<string, unknown>>,
  stream: Stream & { readonly window: SequenceWindow },
): ConsumerReport | undefined {
  const { life, lastMessageAtMs } = value;
  const counts = countsOf(value['counts']);
  const latency = LatencySketch.fromWire(value['latency']);
  const stragglers = Stragglers.fromWire(value['late'], { upTo: stream.window.floor });
  if (!isCount(life) || !isWhole(lastMessageAtMs) || !counts || !latency || !stragglers) return undefined;
  if (!Object.values(counts).every(isCount)) return undefined;
  return { role: 'consumer', ...stream, life, stragglers, counts, latency, lastMessageAtMs };
}

/** The counters in the one order in which they travel. */
export function countsToWire(counts: ConsumerCounts): readonly number[] {
  return COUNTS.map((name) => counts[name]);
}

/** Reads what {@link countsToWire} wrote; `undefined` for anything else. */
export function countsOf(value: unknown): ConsumerCounts | undefined {
  if (!Array.isArray(value) || value.length !== COUNTS.length || !value.every(isWhole)) return undefined;
  const entries = COUNTS.map((name, place) => [name, Number(value[place])] as const);
  return Object.fromEntries(entries) as Record<keyof ConsumerCounts, number>;
}

function contractsOf(value: unknown): Readonly<Record<string, number>> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > MAX_CONTRACTS) return undefined;
  const wellFormed = entries.every(([contract, count]) => isText(contract) && isCount(count));
  return wellFormed ? (value as Readonly<Record<string, number>>) : undefined;
}

function isCount(value: unknown): value is number {
  return isWhole(value) && value <= MAX_COUNT;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT && !/\p{Cc}/u.test(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
