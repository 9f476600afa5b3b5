import { EdgeBook } from '@latido/edge-accounting';
import { createDetector, detectorSettings } from '@latido/failure-detector';
import { parseHeartbeat } from '@latido/heartbeat';
import { Exposition, MetricsServer } from '@latido/observability/prometheus';
import { ContractBook } from '../../../apps/heartbeat-monitor/src/contracts/contract-book';
import { Monitor } from '../../../apps/heartbeat-monitor/src/liveness/monitor';
import { exportMetrics } from '../../../apps/heartbeat-monitor/src/metrics/export-metrics';
import type { Contestant } from './contestant';
import { Fleet, type FleetSize, INTERVAL_MS } from './fleet';

/** When measuring begins, so that every number is the same length in every run. */
const START_MS = Date.UTC(2026, 0, 1);
const TRANSIT_MS = 40;
const CANARY_EVERY_MS = INTERVAL_MS / 2;

const quiet = () => undefined;
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet };

/** heartbeat-monitor's detector, books and metrics, without queues and stores, in a time that is given. */
export class MeasuredMonitor implements Contestant {
  private readonly exposition = new Exposition({ service: 'heartbeat-monitor', version: '1.0.0' });
  private readonly fleet: Fleet;
  private spare: Buffer | undefined;
  private readonly monitor: Monitor;
  private nowMs = START_MS;
  private advancedAtMs = START_MS;
  private canaryAtMs = START_MS;
  /** Heartbeats made so far: each instance in turn. */
  private made = 0;

  constructor(size: FleetSize) {
    this.fleet = new Fleet(size);
    const detector = createDetector({
      settings: detectorSettings({ intervalMs: INTERVAL_MS }),
      nowMs: this.nowMs,
    });
    const book = new EdgeBook();
    const contracts = new ContractBook();
    const { exposition } = this;
    const metrics = exportMetrics({
      exposition,
      detector,
      book,
      contracts,
      clock: { time: 1 },
      queue: 'heartbeats-0',
      marks: () => [],
    });
    const now = (): number => this.nowMs;
    this.monitor = new Monitor({
      detector,
      book,
      contracts,
      now,
      sha256Hex: (text) => text,
      listeners: metrics,
    });
  }

  prepare(count: number): readonly string[] {
    return Array.from({ length: count }, () => {
      const { instances } = this.fleet.size;
      const [instance, beat] = [this.made % instances, Math.floor(this.made / instances) + 1];
      const sentMs = START_MS + (this.made * INTERVAL_MS) / instances;
      this.made += 1;
      return JSON.stringify(this.fleet.heartbeat(instance, beat, sentMs));
    });
  }

  /** Parses and applies; lets time pass between the beats as it does in the fleet. */
  apply(texts: readonly string[]): void {
    const stepMs = INTERVAL_MS / this.fleet.size.instances;
    let sentMs = START_MS + (this.made - texts.length) * stepMs;
    for (const text of texts) {
      const parsed = parseHeartbeat(text);
      if (parsed.outcome !== 'valid') throw new Error(`the sample heartbeat is ${parsed.reason}`);
      this.letPass(sentMs + TRANSIT_MS);
      this.monitor.take({ kind: 'heartbeat', heartbeat: parsed.heartbeat });
      sentMs += stepMs;
    }
  }

  async writePage(): Promise<number> {
    const { bytes, room } = await this.exposition.page(this.spare);
    this.spare = room;
    return bytes.length;
  }

  async listen(): Promise<number> {
    const { exposition } = this;
    const { port } = await MetricsServer.start({ host: '127.0.0.1', port: 0, exposition, log: SILENT });
    return port;
  }

  private letPass(nowMs: number): void {
    this.nowMs = nowMs;
    if (nowMs - this.canaryAtMs >= CANARY_EVERY_MS) {
      this.canaryAtMs = nowMs;
      this.monitor.canarySent(`0-${nowMs}`);
      this.monitor.take({ kind: 'canary', id: `0-${nowMs}` });
    }
    if (nowMs - this.advancedAtMs < INTERVAL_MS / 10) return;
    this.advancedAtMs = nowMs;
    this.monitor.advance();
  }
}
