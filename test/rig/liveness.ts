import { eventually } from '@latido/testing';
import type { Scene } from './scene';

/** State changes of a service as versions, oldest first. */
export type ServiceHistory = readonly {
  readonly version: number;
  readonly changes: readonly {
    readonly instanceId: string;
    readonly to: string;
    readonly reason: string;
    readonly at: string;
  }[];
}[];

/** One service as the monitor shows it. */
export interface ShownService {
  readonly verdict: string;
  readonly alive: number;
  readonly instances: Readonly<Record<string, number>>;
}

/** What the monitor says of itself. */
interface ShownStatus {
  readonly blind: boolean;
  readonly reasons: readonly { readonly reason: string }[];
  readonly watermarkAgeMs: number;
}

export async function historyOf({ monitor }: Scene, service: string): Promise<ServiceHistory> {
  const newestFirst = await monitor.readAll<ServiceHistory[number]>(`/api/history/${service}`);
  return newestFirst.toReversed();
}

export async function serviceNow({ monitor }: Scene, service: string): Promise<ShownService> {
  return monitor.read<ShownService>(`/api/services/${service}`);
}

/** Waits until the monitor says so of a service. */
export async function untilVerdict(scene: Scene, service: string, verdict: string): Promise<void> {
  await eventually(async () => expect(await serviceNow(scene, service)).toMatchObject({ verdict }), {
    withinMs: 20_000,
  });
}

/** Longer than it takes to become blind, to settle, or to warm up, at the intervals that tests use. */
const TURNS_WITHIN_MS = 30_000;

/** Waits until the monitor is blind for one of these reasons. */
export async function untilBlind({ monitor }: Scene, reasons: readonly string[]): Promise<void> {
  await eventually(
    async () => {
      const status = await monitor.read<ShownStatus>('/api/status');
      expect(status.blind).toBe(true);
      expect(reasons).toEqual(expect.arrayContaining([status.reasons[0]?.reason]));
    },
    { withinMs: TURNS_WITHIN_MS },
  );
}

/** Waits until the newest that the monitor has heard of anybody is so old. */
export async function untilNothingHeardFor({ monitor }: Scene, ageMs: number): Promise<void> {
  await eventually(
    async () => {
      const { watermarkAgeMs } = await monitor.read<ShownStatus>('/api/status');
      expect(watermarkAgeMs).toBeGreaterThan(ageMs);
    },
    { withinMs: ageMs + TURNS_WITHIN_MS },
  );
}

/** Waits until the monitor is not blind and every service is up. */
export async function untilSeeing(scene: Scene): Promise<void> {
  await eventually(
    async () => {
      expect(await scene.monitor.read<ShownStatus>('/api/status')).toMatchObject({
        blind: false,
        reasons: [],
      });
      for (const service of ['service-a', 'service-b', 'heartbeat-monitor'])
        expect([service, await serviceNow(scene, service)]).toEqual([
          service,
          expect.objectContaining({ verdict: 'up' }),
        ]);
    },
    { withinMs: TURNS_WITHIN_MS },
  );
}

/** How often the monitor has declared somebody dead since it started, by its metrics. */
export async function deaths(scene: Scene): Promise<number> {
  const metrics = await scene.metrics('heartbeat-monitor');
  const counts = metrics.matchAll(/^interop_instance_transitions_total\{[^}]*to="down"[^}]*\} (\d+)/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Holds that nobody was ever declared dead: not by the verdicts, not by the metrics. */
export async function requireNobodyDied(scene: Scene): Promise<void> {
  expect(await deaths(scene)).toBe(0);
  for (const service of ['service-a', 'service-b', 'heartbeat-monitor'])
    expect((await serviceNow(scene, service)).instances).not.toHaveProperty('down');
}
