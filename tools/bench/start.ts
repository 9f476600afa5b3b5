import { loadavg } from 'node:os';
import { spawnService } from '@latido/testing';
import { withEmbeddedAws } from './embedded-aws';
import { startStopPage } from './report/start-stop-page';
import type { ResultTable, Scenario } from './scenario';
import { type Contestant, type Contestants, contestants } from './start/contestants';
import { judgeStart, type Middle } from './start/judge';
import { cpuMs, residentMib } from './start/process-usage';
import { percentile } from './statistics';

/** The service that does most at its start: three tables, four queues and topics, slots of the log, HTTP and TCP. */
const APP = 'service-b';
const RUNS = 10;
const READY_WITHIN_MS = 60_000;

interface Run {
  readonly readyMs: number;
  readonly cpuMs: number;
  readonly residentMib: number;
  readonly exitMs: number;
}

/** How fast a service is ready and gone, with tracing and without, beside the catch-all instrumentation. */
export const start: Scenario = {
  name: 'start',
  summary:
    'time to ready, memory and time to exit: with tracing, without, not bundled, with auto-instrumentations-node',
  page: { path: 'docs/reference/start-stop.md', render: startStopPage },
  run: async (say) => {
    const chosen = await contestants(say);
    const load = loadavg()[0] ?? 0;
    const all = Object.values(chosen) as readonly Contestant[];
    const runs = new Map(all.map((contestant) => [contestant, [] as Run[]]));
    await withEmbeddedAws(async () => {
      for (const contestant of all) await startOnce(contestant); // fills the compile cache
      for (let i = 1; i <= RUNS; i += 1) {
        say(`run ${i} of ${RUNS}`);
        for (const contestant of all) runs.get(contestant)?.push(await startOnce(contestant));
      }
    });
    return [{ ...tableOf(runs, load), misses: missesOf(chosen, runs) }];
  },
};

/** From the spawn to the first 200 of /health/ready; then a request, so that there are spans, and SIGTERM. */
async function startOnce({ env, script }: Contestant): Promise<Run> {
  const startedAtMs = performance.now();
  const service = await spawnService({ app: APP, script, env: { ...env, RPC_PORT: '0' } });
  await service.waitForLog(({ event }) => event === 'service_ready', { withinMs: READY_WITHIN_MS });
  await service.waitForReady();
  const readyMs = performance.now() - startedAtMs;
  const used = { cpuMs: cpuMs(service.pid), residentMib: residentMib(service.pid) };
  await fetch(`${service.url}/services?limit=1`);
  const stoppedAtMs = performance.now();
  const { code } = await service.kill('SIGTERM');
  if (code !== 0) throw new Error(`${APP} ended with code ${code}:\n${service.tail()}`);
  return { readyMs, ...used, exitMs: performance.now() - stoppedAtMs };
}

function missesOf(chosen: Contestants, runs: ReadonlyMap<Contestant, readonly Run[]>): readonly string[] {
  const middle = (contestant: Contestant): Middle => {
    const p50 = (key: keyof Run) =>
      percentile(
        (runs.get(contestant) ?? []).map((run) => run[key]),
        50,
      );
    return {
      readyMs: p50('readyMs'),
      cpuMs: p50('cpuMs'),
      residentMib: p50('residentMib'),
      exitMs: p50('exitMs'),
    };
  };
  return judgeStart({
    withoutTracing: middle(chosen.withoutTracing),
    traced: middle(chosen.traced),
    inFiles: middle(chosen.inFiles),
    automatic: middle(chosen.automatic),
  });
}

function tableOf(runs: ReadonlyMap<Contestant, readonly Run[]>, load: number): ResultTable {
  const cells = (values: readonly number[]) =>
    [50, 100].map((percent) => Math.round(percentile(values, percent)).toLocaleString('en-US'));
  return {
    title: `${APP}, ${RUNS} starts each, taking turns`,
    columns: [
      'process',
      'ready p50 ms',
      'max',
      'CPU p50 ms',
      'max',
      'RSS p50 MiB',
      'max',
      'exit p50 ms',
      'max',
    ],
    rows: [...runs].map(([{ name }, measured]) => [
      name,
      ...(['readyMs', 'cpuMs', 'residentMib', 'exitMs'] as const).flatMap((key) =>
        cells(measured.map((run) => run[key])),
      ),
    ]),
    notes: [
      'Ready: from the spawn to the first 200 of /health/ready. CPU and RSS: of the process, all threads, at that moment. Exit: from SIGTERM to its end, idle, with the spans of a request not sent yet and no collector listening.',
      'The compile cache is warm, as in an image or after a first start. Expected with tracing on an idle machine with 2 cores: ready 450 ms, 125 MiB, exit 1,000 ms.',
      `Load of the machine when it began: ${load.toFixed(1)}; up to 2 is the build before it, more is other programs.`,
      'The goodbye heartbeat alone takes 400 ms of an exit.',
    ],
  };
}
