import { EdgeBook } from '@latido/edge-accounting';
import { createDetector, detectorSettings } from '@latido/failure-detector';
import type { Heartbeat } from '@latido/heartbeat';
import { aHeartbeat } from '@latido/heartbeat/testing';
import { Exposition } from '@latido/observability/prometheus';
import { readOpenMetrics } from '@latido/observability/testing';
import { Monitor } from '../liveness/monitor';
import { ClockSkews } from './clock-skews';
import { InstanceMetrics } from './instance-metrics';
import { monitorMetrics } from './monitor-metrics';

const T = 1_000;
const START_MS = 1_700_000_000_000;

/** A monitor that shows its instances, in virtual time. */
class Rig {
  nowMs = START_MS;
  readonly detector = createDetector({
    settings: detectorSettings({ intervalMs: T, fixedMissedBeats: 3 }),
    nowMs: START_MS,
  });
  private readonly exposition = new Exposition({ service: 'test', version: '1' });
  private readonly monitor = new Monitor({
    detector: this.detector,
    book: new EdgeBook(),
    now: () => this.nowMs,
    sha256Hex: (text) => text,
    listeners: [new InstanceMetrics(monitorMetrics(this.exposition), this.detector, new ClockSkews())],
  });
  private seq = 0;

  beat(change: Partial<Heartbeat> = {}): void {
    this.seq += 1;
    const heartbeat = aHeartbeat({
      service: 'shop',
      instanceId: 'a',
      seq: this.seq,
      sentAtMs: this.nowMs,
      uptimeMs: this.nowMs - START_MS + 5_000,
      intervalMs: T,
      ...change,
    });
    this.monitor.take({ kind: 'heartbeat', heartbeat });
  }

  /** Lets time pass, in which the channel works and nobody beats. */
  pass(durationMs: number): void {
    for (const endMs = this.nowMs + durationMs; this.nowMs < endMs; this.nowMs += T / 10) {
      const id = `canary-${this.nowMs}`;
      this.monitor.canarySent(id);
      this.monitor.take({ kind: 'canary', id });
      this.monitor.advance();
    }
  }

  async samples(): Promise<readonly string[]> {
    const { samples } = readOpenMetrics(await this.exposition.write());
    return samples
      .filter(({ labels }) => 'instance_id' in labels)
      .map(
        ({ name, labels, value }) =>
          `${name.replace(/^interop_/, '')} ${Object.values(labels).join()} ${value}`,
      );
  }
}

describe('InstanceMetrics', () => {
  test('shows who beats: when last, since when, and which version', async () => {
    const rig = new Rig();
    rig.beat();
    rig.nowMs += T;
    rig.beat();
    expect(await rig.samples()).toEqual([
      'heartbeat_last_sent_timestamp_seconds shop,a 1700000001.000',
      'instance_info shop,a,0.1.0,eu-west-1a 1',
      'instance_start_timestamp_seconds shop,a 1699999995.000',
    ]);
  });

  test('shows one version of a restarted instance: the new one', async () => {
    const rig = new Rig();
    rig.beat();
    rig.nowMs += T;
    rig.beat({ version: '0.2.0', uptimeMs: 100, incarnation: { epoch: 13_000, token: 'x' } });
    expect(await rig.samples()).toEqual([
      'heartbeat_last_sent_timestamp_seconds shop,a 1700000001.000',
      'instance_info shop,a,0.2.0,eu-west-1a 1',
      'instance_start_timestamp_seconds shop,a 1700000000.900',
    ]);
  });

  test('shows who left no more, and again when it comes back', async () => {
    const rig = new Rig();
    rig.beat();
    rig.beat({ state: 'goodbye' });
    expect(await rig.samples()).toEqual([]);
    rig.nowMs += T;
    rig.beat({ uptimeMs: 100, incarnation: { epoch: 13_000, token: 'x' } });
    expect(await rig.samples()).toHaveLength(3);
  });

  test('shows the dead until they are buried: a series that vanishes resolves its alert', async () => {
    const rig = new Rig();
    rig.beat();
    rig.pass(60 * T);
    expect(rig.detector.instance('shop', 'a')?.state).toBe('down');
    expect(await rig.samples()).toHaveLength(3);
    rig.pass(8_700 * T);
    expect(rig.detector.instance('shop', 'a')).toBeUndefined();
    expect(await rig.samples()).toEqual([]);
  });

  test('starts with those that the detector remembers', async () => {
    const rig = new Rig();
    rig.beat();
    const detector = createDetector({
      settings: detectorSettings({ intervalMs: T }),
      nowMs: rig.nowMs,
      snapshot: rig.detector.snapshot(),
    });
    const exposition = new Exposition({ service: 'test', version: '1' });
    const metrics = new InstanceMetrics(monitorMetrics(exposition), detector, new ClockSkews());
    expect(metrics).toBeDefined();
    expect(await exposition.write()).toContain(
      'interop_heartbeat_last_sent_timestamp_seconds{service="shop",instance_id="a"} 1700000000.000\n',
    );
  });
});
