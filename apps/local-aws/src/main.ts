import { HELP, parseConfig } from './config';
import { type LocalAws, startLocalAws } from './local-aws';
import { describeStartProblem } from './start-problem';

/** Not far from what a person waits for, and cheap on tables of a laptop's size. */
const SWEEP_EVERY_MS = 60_000;
const EXIT_BAD_CONFIGURATION = 78;

void main();

async function main(): Promise<void> {
  const parsed = parseConfig(process.argv.slice(2), process.env);
  if (parsed.outcome === 'help') return void process.stdout.write(HELP);
  if (parsed.outcome === 'invalid') return refuse(parsed.problems);
  try {
    const aws = await startLocalAws(parsed.config);
    const sweeper = setInterval(() => void sweep(aws), SWEEP_EVERY_MS);
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void stop(aws, sweeper, signal));
    log({
      event: 'local_aws_ready',
      snsUrl: aws.messagingUrl,
      sqsUrl: aws.messagingUrl,
      dynamodbUrl: aws.dynamodbUrl,
    });
  } catch (error) {
    refuse(describeStartProblem(error));
  }
}

async function sweep(aws: LocalAws): Promise<void> {
  try {
    const deleted = await aws.sweep(Math.floor(Date.now() / 1000));
    if (deleted > 0) log({ event: 'local_aws_swept', deleted });
  } catch (error) {
    log({ event: 'local_aws_sweep_failed', reason: String(error) });
  }
}

async function stop(aws: LocalAws, sweeper: NodeJS.Timeout, signal: string): Promise<void> {
  clearInterval(sweeper);
  await aws.stop();
  log({ event: 'local_aws_stopped', signal });
  process.exit(0);
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) log({ event: 'local_aws_refused', problem });
  process.exit(EXIT_BAD_CONFIGURATION);
}

/** One JSON line on standard output; `local_aws_ready` is what a parent process waits for. */
function log(entry: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}
