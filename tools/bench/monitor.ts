import { setTimeout as delay } from 'node:timers/promises';
import type { ContestantOptions, OwnMeasurements } from './monitor/measurements';
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
  readonly scrapedStallMs: number;
  readonly unscrapedStallMs: number;
}

/** heartbeat-monitor with large fleets, beside prom-client with the same series. */
export const monitor: Scenario = {
  name: 'monitor',
  summary: 'heartbeats a second, memory, scrapes and stalls with 1,000 to 100,000 instances and 6,000 edges',
  page: { path: 'docs/reference/monitor-scale.md', render: monitorScalePage },
  run: async (say) => {
    const rows: { readonly ours: Seen; readonly theirs: Seen }[] = [];
    for (const instances of SIZES) {
      const size = { instances, edges: EDGES };
      say(`${grouped(instances)} instances`);
      const ours = await watch(
        { ...size, kind: 'latido', roundBeats: 20_000, rounds: 7, pages: 100 },
        SCRAPES,
      );
      say(`${grouped(instances)} instances, prom-client`);
      const peer = { ...size, kind: 'prom-client', roundBeats: 1_000, rounds: 1, pages: 3 } as const;
      rows.push({ ours, theirs: await watch(peer, PEER_SCRAPES) });
    }
    return [hearing(rows.map(({ ours }) => ours)), writing(rows), scraping(rows)];
  },
};

async function watch(options: ContestantOptions, scrapes: number): Promise<Seen> {
  const contestant = await StartedContestant.start(options);
  try {
    await contestant.worstStallMs();
    await delay(scrapes * BETWEEN_SCRAPES_MS);
    const unscrapedStallMs = await contestant.worstStallMs();
    const scrapeMs: number[] = [];
    for (let i = 0; i < scrapes; i += 1) {
      await delay(BETWEEN_SCRAPES_MS);
      scrapeMs.push(await contestant.scrapeMs());
    }
    const scrapedStallMs = await contestant.worstStallMs();
    const { instances } = options;
    return { instances, measured: contestant.measured, scrapeMs, scrapedStallMs, unscrapedStallMs };
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
      `Memory is what the process holds after it all, with \`${NODE_OPTIONS.join(' ')}\`.`,
    ],
  };
}

function writing(all: readonly { readonly ours: Seen; readonly theirs: Seen }[]): ResultTable {
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
      'CPU time of the event loop from the request to the last byte of the page, with a second of beats of the fleet between two pages: other programs count less. Expected at 100,000 instances: p50 15 ms, p99 50 ms.',
      'prom-client holds the same series of instances and edges and nothing else. Three pages warm each side up.',
    ],
  };
}

function scraping(all: readonly { readonly ours: Seen; readonly theirs: Seen }[]): ResultTable {
  return {
    title: 'Scraped over loopback, by the clock',
    columns: [
      'instances',
      'p50',
      'p99',
      'worst stall',
      'not scraped',
      'prom-client p50',
      'its worst stall',
      'ratio of p50',
    ],
    rows: all.map(({ ours, theirs }) => {
      const [p50, p99] = [percentile(ours.scrapeMs, 50), percentile(ours.scrapeMs, 99)];
      const peerP50 = percentile(theirs.scrapeMs, 50);
      return [
        grouped(ours.instances),
        ...[p50, p99, ours.scrapedStallMs, ours.unscrapedStallMs, peerP50, theirs.scrapedStallMs].map(ms),
        ratio(peerP50, p50),
      ];
    }),
    notes: [
      `${SCRAPES} scrapes, ${BETWEEN_SCRAPES_MS} ms apart, read to the end by another process, while the fleet goes on in real time. The kernel copies the page twice, and the reader needs the other core.`,
      'A stall is how long the event loop was held at worst, as monitorEventLoopDelay says it; beside it the same for as long without scrapes, which is the machine, the beats and the garbage collector. Expected at 100,000 instances on an idle machine: 25 ms.',
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
