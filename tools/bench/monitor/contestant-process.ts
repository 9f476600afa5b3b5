import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Contestant } from './contestant';
import { INTERVAL_MS } from './fleet';
import { LoopWatch, threadCpuMs } from './loop-watch';
import { MeasuredMonitor } from './measured-monitor';
import type { ContestantOptions, FromContestant, OwnMeasurements } from './measurements';
import { PromClientContestant } from './prom-client-contestant';

/** Messages that a queue hands out at a time: as many are taken in before others have their turn. */
const BATCH = 10;
/** Pages that warm up and do not count. */
const WARM_UP_PAGES = 3;
/** Prepared at a time, so that texts that wait do not fill the memory that is measured. */
const SLICE = 5_000;
/**
 * Between two pages. A fleet does not beat as fast as it can be heard: what marks garbage beside the program keeps up, and need
 * not be finished all at once in the middle of a page.
 */
const PACED = { slice: 1_000, pauseMs: 20 };

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
  const watch = new LoopWatch();
  watch.start();
  process.on('message', () => tell({ kind: 'loop', report: watch.report() }));
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
async function takeIn(
  contestant: Contestant,
  count: number,
  { slice, pauseMs } = { slice: SLICE, pauseMs: 0 },
): Promise<number> {
  let seconds = 0;
  for (let taken = 0; taken < count; taken += slice) {
    const texts = contestant.prepare(Math.min(slice, count - taken));
    const { user, system } = process.cpuUsage();
    contestant.apply(texts);
    const after = process.cpuUsage();
    seconds += (after.user + after.system - user - system) / 1e6;
    await (pauseMs > 0 ? delay(pauseMs) : nextTurn());
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
    await takeIn(contestant, Math.ceil((instances * 1_000) / INTERVAL_MS), PACED);
    const before = threadCpuMs();
    pageBytes = await contestant.writePage();
    if (page >= WARM_UP_PAGES) pageCpuMs.push(threadCpuMs() - before);
  }
  return { pageCpuMs, pageBytes };
}

/** The fleet goes on in real time: batch by batch, at once while some are due. */
function live(contestant: Contestant, instances: number): void {
  const startedMs = performance.now();
  let taken = 0;
  const takeDue = (): void => {
    const due = Math.floor(((performance.now() - startedMs) * instances) / INTERVAL_MS) - taken;
    const count = Math.min(BATCH, due);
    taken += count;
    contestant.apply(contestant.prepare(count));
    if (due > BATCH) setImmediate(takeDue);
    else setTimeout(takeDue, 1);
  };
  takeDue();
}

function tell(message: FromContestant): void {
  process.send?.(message);
}

void main();
