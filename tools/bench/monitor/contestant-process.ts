import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Contestant } from './contestant';
import { INTERVAL_MS } from './fleet';
import { MeasuredMonitor } from './measured-monitor';
import type { ContestantOptions, FromContestant, OwnMeasurements } from './measurements';
import { PromClientContestant } from './prom-client-contestant';

/** How finely the event loop is watched; the histogram holds it on top of each delay. */
const RESOLUTION_MS = 1;
/** Beats that are due are taken in this often. */
const TAKE_EVERY_MS = 10;
/** Taken in at a time at most: what a stall has piled up is not made another stall. */
const TAKE_AT_MOST = 250;
/** Older versions of Node cannot tell the CPU time of one thread. */
const OWN_THREAD = typeof process.threadCpuUsage === 'function';
/** Pages that warm up and do not count. */
const WARM_UP_PAGES = 3;
/** Prepared at a time, so that texts that wait do not fill the memory that is measured. */
const SLICE = 5_000;

/**
 * One contestant in a process of its own, so that memory and event loop are its own. First it measures
 * itself, then it hears its fleet in real time while it is scraped, and tells how its event loop is when asked.
 */
async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '{}') as ContestantOptions;
  const contestant =
    options.kind === 'latido' ? new MeasuredMonitor(options) : new PromClientContestant(options);
  const measured = await measure(contestant, options);
  tell({ kind: 'ready', measured });
  live(contestant, options.instances);
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  process.on('message', () => {
    tell({ kind: 'loop', report: { worstStallMs: Math.max(0, loop.max / 1e6 - RESOLUTION_MS) } });
    loop.reset();
  });
}

async function measure(contestant: Contestant, options: ContestantOptions): Promise<OwnMeasurements> {
  const { instances, roundBeats, rounds, pages } = options;
  await takeIn(contestant, 2 * instances);
  const perSecond: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    perSecond.push(roundBeats / (await takeIn(contestant, roundBeats)));
  const written = await writePages(contestant, pages, instances);
  globalThis.gc?.();
  return {
    heartbeatsPerCpuSecond: perSecond,
    ...written,
    residentBytes: process.memoryUsage.rss(),
    port: await contestant.listen(),
  };
}

/** @returns CPU seconds of taking them in, garbage collection included. */
async function takeIn(contestant: Contestant, count: number): Promise<number> {
  let seconds = 0;
  for (let taken = 0; taken < count; taken += SLICE) {
    const texts = contestant.prepare(Math.min(SLICE, count - taken));
    const { user, system } = process.cpuUsage();
    contestant.apply(texts);
    const after = process.cpuUsage();
    seconds += (after.user + after.system - user - system) / 1e6;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return seconds;
}

/** With a second of heartbeats between two pages. */
async function writePages(
  contestant: Contestant,
  pages: number,
  instances: number,
): Promise<Pick<OwnMeasurements, 'pageCpuMs' | 'pageBytes'>> {
  const pageCpuMs: number[] = [];
  let pageBytes = 0;
  for (let page = 0; page < WARM_UP_PAGES + pages; page += 1) {
    await takeIn(contestant, Math.ceil((instances * 1_000) / INTERVAL_MS));
    const before = threadCpuMs();
    pageBytes = await contestant.writePage();
    if (page >= WARM_UP_PAGES) pageCpuMs.push(threadCpuMs() - before);
  }
  return { pageCpuMs, pageBytes };
}

/** Of the thread of the event loop, where Node can tell: whatever it computes, nobody else is served. */
function threadCpuMs(): number {
  const { user, system } = OWN_THREAD ? process.threadCpuUsage() : process.cpuUsage();
  return (user + system) / 1_000;
}

/** The fleet goes on in real time. */
function live(contestant: Contestant, instances: number): void {
  const startedMs = performance.now();
  let taken = 0;
  setInterval(() => {
    const due = Math.floor(((performance.now() - startedMs) * instances) / INTERVAL_MS) - taken;
    const count = Math.min(TAKE_AT_MOST, due);
    taken += count;
    contestant.apply(contestant.prepare(count));
  }, TAKE_EVERY_MS);
}

function tell(message: FromContestant): void {
  process.send?.(message);
}

void main();
