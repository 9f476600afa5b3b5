import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { busyShare } from './monitor/busy-share';
import { loopReportOf } from './monitor/loop-report-of';
import type { ContestantOptions, LoopReport, OwnMeasurements } from './monitor/measurements';
import { NODE_OPTIONS, StartedContestant } from './monitor/started-contestant';
import { monitorScalePage } from './report/monitor-scale-page';
import type { ResultTable, Scenario } from './scenario';
import { median, percentile } from './statistics';

const SIZES = [1_000, 10_000, 100_000];
const EDGES = 6_000;
const SCRAPES = 40;
/** prom-client takes seconds for one at the largest size. */
const PEER_SCRAPES = 4;
const BETWEEN_SCRAPES_MS = 100;
const MIB = 1_048_576;

interface Seen {
  readonly instances: number;
  readonly measured: OwnMeasurements;
  readonly scrapeMs: readonly number[];
  /** Of the event loop, while it was scraped and while it was not. */
  readonly scraped: LoopReport;
  readonly unscraped: LoopReport;
  /** Of a process beside it that does nothing, while it was scraped. */
  readonly idle: LoopReport;
}

/** heartbeat-monitor with large fleets, beside prom-client with the same series. */
export const monitor: Scenario = {
  name: 'monitor',
  summary: 'heartbeats a second, memory, scrapes and stalls with 1,000 to 100,000 instances and 6,000 edges',
  page: { path: 'docs/reference/monitor-scale.md', render: monitorScalePage },
  run: async (say) => {
    const busyBefore = await busyShare();
    const idle = fork(join(__dirname, 'monitor/idle-process.js'));
    const rows: Row[] = [];
    for (const instances of SIZES) {
      const size = { instances, edges: EDGES };
      say(`${grouped(instances)} instances`);
      const own = { ...size, kind: 'latido', roundBeats: 20_000, rounds: 7, pages: 100 } as const;
      const ours = await watch(own, SCRAPES, idle);
      say(`${grouped(instances)} instances, prom-client`);
      const peer = { ...size, kind: 'prom-client', roundBeats: 1_000, rounds: 1, pages: 3 } as const;
      rows.push({ ours, theirs: await watch(peer, PEER_SCRAPES, idle) });
    }
    idle.kill('SIGKILL');
    const busy = [busyBefore, await busyShare()];
    return [hearing(rows.map(({ ours }) => ours)), writing(rows), scraping(rows), holding(rows, busy)];
  },
};

interface Row {
  readonly ours: Seen;
  readonly theirs: Seen;
}

async function watch(options: ContestantOptions, scrapes: number, idle: ChildProcess): Promise<Seen> {
  const contestant = await StartedContestant.start(options);
  try {
    await contestant.loop();
    await delay(scrapes * BETWEEN_SCRAPES_MS);
    const unscraped = await contestant.loop();
    await loopReportOf(idle);
    const scrapeMs: number[] = [];
    for (let i = 0; i < scrapes; i += 1) {
      await delay(BETWEEN_SCRAPES_MS);
      scrapeMs.push(await contestant.scrapeMs());
    }
    const scraped = await contestant.loop();
    const { instances } = options;
    const { measured } = contestant;
    return { instances, measured, scrapeMs, scraped, unscraped, idle: await loopReportOf(idle) };
  } finally {
    await contestant.stop();
  }
}

function hearing(all: readonly Seen[]): ResultTable {
  return {
    title: 'Hearing the fleet',
    columns: [
      'instances',
      'edge reports a beat',
      'beats a CPU second (median)',
      'slowest to fastest',
      'memory',
    ],
    rows: all.map(({ instances, measured }) => {
      const { heartbeatsPerCpuSecond: rate, residentBytes } = measured;
      const range = `${grouped(Math.min(...rate))} to ${grouped(Math.max(...rate))}`;
      const reports = ((EDGES * 11) / 10 / instances).toFixed(2);
      return [grouped(instances), reports, grouped(median(rate)), range, `${mib(residentBytes)} MiB`];
    }),
    notes: [
      'A beat is read by parseHeartbeat and applied to the failure detector, the edge books, the contracts and every metric; ticks of the detector and the books are included at the rate of the fleet. Expected at 100,000 instances: 50,000 beats, 512 MiB.',
      `${grouped(EDGES)} edges report in each interval whatever the fleet, so a beat of a small fleet carries more of them.`,
      `So a small fleet is told in edge reports: ${grouped(reportsPerSecond(all))} a CPU second at ${grouped(all[0]?.instances ?? 0)} instances, of which ${grouped((EDGES * 11) / 100)} a second come.`,
      `Memory is what the process holds after it all, with \`${NODE_OPTIONS.join(' ')}\`.`,
    ],
  };
}

/** Of the smallest fleet, where they are nearly all of the work. */
function reportsPerSecond([smallest]: readonly Seen[]): number {
  if (smallest === undefined) return 0;
  return (median(smallest.measured.heartbeatsPerCpuSecond) * EDGES * 11) / 10 / smallest.instances;
}

function writing(all: readonly Row[]): ResultTable {
  return {
    title: 'Writing the page',
    columns: ['instances', 'page', 'p50', 'p99', 'prom-client p50', 'ratio of p50'],
    rows: all.map(({ ours, theirs }) => {
      const [own, peer] = [ours.measured.pageCpuMs, theirs.measured.pageCpuMs];
      const megabytes = (ours.measured.pageBytes / 1e6).toFixed(1);
      const [p50, p99, peerP50] = [percentile(own, 50), percentile(own, 99), percentile(peer, 50)];
      return [grouped(ours.instances), `${megabytes} MB`, ms(p50), ms(p99), ms(peerP50), ratio(peerP50, p50)];
    }),
    notes: [
      'CPU time of the event loop from the request to the last byte of the page, with a second of beats of the fleet, taken in by half a second, between two of 100 pages: other programs count less. Expected at 100,000 instances: p50 15 ms, p99 50 ms.',
      'prom-client holds the same series of instances and edges and nothing else. Three pages warm each side up.',
    ],
  };
}

function scraping(all: readonly Row[]): ResultTable {
  return {
    title: 'Scraped over loopback, by the clock',
    columns: ['instances', 'p50', 'p99', 'prom-client p50', 'ratio of p50'],
    rows: all.map(({ ours, theirs }) => {
      const [p50, p99] = [percentile(ours.scrapeMs, 50), percentile(ours.scrapeMs, 99)];
      const peerP50 = percentile(theirs.scrapeMs, 50);
      return [grouped(ours.instances), ...[p50, p99, peerP50].map(ms), ratio(peerP50, p50)];
    }),
    notes: [
      `${SCRAPES} scrapes, ${BETWEEN_SCRAPES_MS} ms apart, read to the end by another process, while the fleet goes on in real time. The kernel copies the page twice, and the reader needs the other core.`,
    ],
  };
}

function holding(all: readonly Row[], busy: readonly number[]): ResultTable {
  const [before, after] = busy.map((share) => `${(100 * share).toFixed(0)} %`);
  return {
    title: 'How long the event loop is held',
    columns: [
      'instances',
      'one turn, scraped',
      'not scraped',
      'prom-client, scraped',
      'by the clock, scraped',
      'not scraped',
      'an idle process',
    ],
    rows: all.map(({ ours: { instances, scraped, unscraped, idle }, theirs }) => [
      grouped(instances),
      ...[scraped, unscraped, theirs.scraped].map((loop) => ms(loop.worstTurnCpuMs)),
      ...[scraped, unscraped, idle].map((loop) => ms(loop.worstStallMs)),
    ]),
    notes: [
      'The worst of the time above. One turn is what the thread of the event loop computed at most from one turn to the next, system calls and garbage collection on it included: this is the program. Expected at 100,000 instances: 25 ms.',
      `By the clock the same is as monitorEventLoopDelay sees it; an idle process, which does nothing but watch its own, had that from the machine alone in the same seconds. Other programs used ${before} of the cores before it all and ${after} after it.`,
    ],
  };
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function ratio(theirs: number, ours: number): string {
  return `${(theirs / ours).toFixed(theirs / ours < 10 ? 1 : 0)}x`;
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(0);
}

/** Three significant digits are all that times give: `12,300`. */
function grouped(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}
