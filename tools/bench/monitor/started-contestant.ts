import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { loopReportOf, nextMessage } from './loop-report-of';
import type { ContestantOptions, LoopReport, OwnMeasurements } from './measurements';

/** What a container of 512 MiB gives a Node process that shares it with 110 MB of text: as the chart would say it. */
export const NODE_OPTIONS = ['--max-old-space-size=320', '--max-semi-space-size=8'];

/** A contestant that runs, seen from outside. */
export class StartedContestant {
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly child: ChildProcess,
    readonly measured: OwnMeasurements,
  ) {}

  static async start(options: ContestantOptions): Promise<StartedContestant> {
    const limits = options.kind === 'latido' ? NODE_OPTIONS : [];
    const child = fork(join(__dirname, 'contestant-process.js'), [JSON.stringify(options)], {
      execArgv: ['--expose-gc', ...limits],
    });
    const message = await nextMessage(child);
    if (message.kind !== 'ready') throw new Error(`expected to be told ready, was told ${message.kind}`);
    return new StartedContestant(child, message.measured);
  }

  /** One scrape over loopback, read to its end; how long it took. */
  async scrapeMs(): Promise<number> {
    const startedMs = performance.now();
    await new Promise<void>((resolve, reject) => {
      const request = { host: '127.0.0.1', port: this.measured.port, path: '/metrics', agent: this.agent };
      get(request, (response) => {
        response.on('data', () => undefined);
        response.once('end', resolve).once('error', reject);
      }).once('error', reject);
    });
    return performance.now() - startedMs;
  }

  /** Its event loop since this was last asked. */
  async loop(): Promise<LoopReport> {
    return loopReportOf(this.child);
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
