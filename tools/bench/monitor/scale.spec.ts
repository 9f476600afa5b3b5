import { median } from '../statistics';
import type { Contestant } from './contestant';
import { threadCpuMs } from './loop-watch';
import { MeasuredMonitor } from './measured-monitor';
import { PromClientContestant } from './prom-client-contestant';

const SMALL = { instances: 1_000, edges: 0 };
const LARGE = { instances: 10_000, edges: 0 };
const ROUNDS = 3;
const BEATS = 500;

/**
 * The short form of `npm run bench -- monitor`: counts, bytes, and ratios of CPU time within one run, each with several times the
 * room that it needs. The figures themselves are in docs/reference.
 */
describe('a fleet of 10,000 instances', () => {
  let small: Measured;
  let large: Measured;
  let ofPromClient: number;

  beforeAll(async () => {
    small = await measure(new MeasuredMonitor(SMALL), SMALL.instances);
    large = await measure(new MeasuredMonitor(LARGE), LARGE.instances);
    const promClient = new PromClientContestant(LARGE);
    ofPromClient = (await measure(promClient, 0)).pageCpuMs;
  });

  it('is written at least five times as fast as by prom-client, which writes its series and nothing else', () => {
    expect(ofPromClient / large.pageCpuMs).toBeGreaterThan(5);
  });

  it('takes at most 512 bytes of the page for each instance', () => {
    const added = large.pageBytes - small.pageBytes;
    expect(added / (LARGE.instances - SMALL.instances)).toBeLessThan(512);
  });

  it('makes a heartbeat cost what it costs in a fleet of 1,000: nothing is searched', () => {
    expect(large.beatCpuMs / small.beatCpuMs).toBeLessThan(4);
  });
});

interface Measured {
  readonly beatCpuMs: number;
  readonly pageCpuMs: number;
  readonly pageBytes: number;
}

/** Lets everybody be heard once, then writes pages with some heartbeats between them; the middle of a few rounds counts. */
async function measure(contestant: Contestant, instances: number): Promise<Measured> {
  contestant.apply(contestant.prepare(instances));
  let pageBytes = await contestant.writePage();
  const beats: number[] = [];
  const pages: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const texts = contestant.prepare(BEATS);
    beats.push(await cpuMsOf(() => contestant.apply(texts)));
    pages.push(
      await cpuMsOf(async () => {
        pageBytes = await contestant.writePage();
      }),
    );
  }
  return { beatCpuMs: median(beats), pageCpuMs: median(pages), pageBytes };
}

async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = threadCpuMs();
  await work();
  return threadCpuMs() - before;
}
