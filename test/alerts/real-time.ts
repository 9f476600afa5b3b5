import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@latido/testing';
import { Pace } from '../../tools/prometheus/pace';
import type { NotifiedAlert, Pager } from './pager';
import type { Beater } from './stage/beater';
import { Installation } from './stage/installation';
import { Stage } from './stage/stage';
import { Telemetry } from './telemetry';

const INTERVAL_MS = 10_000;
/** Far enough apart that the deaths do not look like one cause, and at any time within a scrape interval. */
const APART_MS = 25_000;
const APART_BY_CHANCE_MS = 15_000;
/** Twice the budget: a page that takes longer is missing. */
const PAGES_WITHIN_MS = 180_000;
const CALM_WITHIN_MS = 300_000;

/** How long one kill took to be told. */
interface Latency {
  /** From the kill to the evaluation in which the alert fired. */
  readonly firesMs: number;
  /** From the kill to the call of the pager. */
  readonly pagesMs: number;
}

export interface RealTimeResult {
  readonly latencies: readonly Latency[];
  /** Pages in all; more than kills means that one death paged twice. */
  readonly pages: number;
  /** Runnable processes, averaged over the run. */
  readonly load: number;
}

/**
 * Kills processes at the pace of production, one after the other, each a service of its own, and measures from
 * kill -9 to the call of the pager.
 */
export async function measureLatency(kills: number, tell: (line: string) => void): Promise<RealTimeResult> {
  const pace = new Pace(INTERVAL_MS);
  const installation = await Installation.open({
    namespace: 'real-time',
    replicas: { 'service-a': 0, 'service-b': 0, 'heartbeat-monitor': 2 },
    settings: pace.settings,
  });
  const { namespace, targets } = installation;
  const telemetry = await Telemetry.start(pace);
  try {
    await telemetry.watch([{ namespace, targets, monitors: 2 }]);
    const victims = await startVictims(installation, kills);
    tell(`${kills} services beat every ${INTERVAL_MS / 1_000} s; waiting until the monitors know them`);
    const stage = new Stage(installation, telemetry.prometheus, pace);
    await untilKnown(stage, kills);
    const loads: number[] = [];
    const waiting: Promise<Latency>[] = [];
    for (const [place, victim] of victims.entries()) {
      loads.push(loadavg()[0] ?? 0);
      tell(`kill -9 of ${victim.identity.service}, ${place + 1} of ${kills}`);
      waiting.push(killAndWait(victim, telemetry.pager, tell));
      await delay(APART_MS + Math.random() * APART_BY_CHANCE_MS);
    }
    const latencies = await Promise.all(waiting);
    const load = loads.reduce((sum, each) => sum + each, 0) / loads.length;
    return { latencies, pages: pagesOf(telemetry.pager).length, load };
  } finally {
    await telemetry.stop();
    await installation.close();
  }
}

async function startVictims(installation: Installation, count: number): Promise<readonly Beater[]> {
  const victims: Beater[] = [];
  for (let place = 0; place < count; place += 1)
    victims.push(await installation.beat({ service: `victim-${place}`, instanceId: `victim-${place}-0` }));
  return victims;
}

async function untilKnown(stage: Stage, services: number): Promise<void> {
  const alive = 'count(service:interop_service_alive:max{namespace="@namespace@",service=~"victim.*"} == 1)';
  await stage.until(alive, ([count]) => count === services, CALM_WITHIN_MS / INTERVAL_MS);
}

async function killAndWait(victim: Beater, pager: Pager, tell: (line: string) => void): Promise<Latency> {
  const { service } = victim.identity;
  await victim.kill('SIGKILL');
  const killedAtMs = Date.now();
  const { atMs, startsAt } = await eventually(
    () => {
      const page = pagesOf(pager).find(({ labels }) => labels['service'] === service);
      if (page === undefined) throw new Error(`the death of ${service} paged nobody`);
      return page;
    },
    { withinMs: PAGES_WITHIN_MS },
  );
  const latency = { firesMs: Date.parse(startsAt) - killedAtMs, pagesMs: atMs - killedAtMs };
  tell(`${service} paged after ${(latency.pagesMs / 1_000).toFixed(1)} s`);
  return latency;
}

/** Alerts that began at a receiver which wakes somebody up. */
function pagesOf({ notifications }: Pager): readonly (NotifiedAlert & { readonly atMs: number })[] {
  return notifications
    .filter(({ receiver, status }) => receiver.startsWith('page-') && status === 'firing')
    .flatMap(({ atMs, alerts }) => alerts.map((alert) => ({ ...alert, atMs })));
}
