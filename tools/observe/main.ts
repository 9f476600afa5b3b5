/** Prometheus and Alertmanager beside a running `npm start`: `npm run observe`. */
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@latido/testing';
import { readRunFile, type RunFile } from '../launcher/run-file';
import { MissingProgramError } from '../prometheus/find-program';
import { observe, type Observation } from './observation';

const HELP = `Runs Prometheus and Alertmanager, with the rules and routes that the chart ships, beside a running npm start.
Alerts go to the console of heartbeat-monitor. Everything listens on loopback. Needs:

  apt-get install prometheus prometheus-alertmanager

  npm run observe                                in a second terminal, while npm start runs in the first
  npm run observe -- --prometheus-port 9091      elsewhere than on 9090
  npm run observe -- --alertmanager-port 9094    elsewhere than on 9093
  npm run observe -- --help                      this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'prometheus-port': { type: 'string', default: '9090' },
      'alertmanager-port': { type: 'string', default: '9093' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP);
  const run = readRunFile(repositoryRoot());
  if (run === undefined)
    throw new Error(
      'npm start is not running: run it in another terminal, wait for "Latido is ready", and try again',
    );
  say('starting Prometheus and Alertmanager ...');
  const observation = await observe(run, {
    prometheus: Number(values['prometheus-port']),
    alertmanager: Number(values['alertmanager-port']),
  });
  say(greeting(run, observation));
  await untilInterrupted(observation);
  say('stopping ...');
  await observation.stop();
  say('stopped');
}

function greeting(
  { services, heartbeatIntervalMs }: RunFile,
  { prometheus, alertmanager }: Observation,
): string {
  const monitor = services.find(({ name }) => name === 'heartbeat-monitor');
  return `
Latido is observed, every ${(1.5 * heartbeatIntervalMs) / 1_000} s

  Prometheus    ${prometheus.url}   rules ${prometheus.url}/rules   alerts ${prometheus.url}/alerts
  Alertmanager  ${alertmanager.url}
  alerts go to  ${monitor?.url}

Kill a service (npm start printed how) and see InteropServiceDown arrive within about ${Math.round((7.5 * heartbeatIntervalMs) / 1_000)} s.
Ctrl-C here stops both, and nothing else.
`;
}

/** Until Ctrl-C. @throws Error when one of the two has ended by itself. */
async function untilInterrupted({ prometheus, alertmanager }: Observation): Promise<void> {
  const interrupted = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(undefined));
  });
  const lastWords = await Promise.race([interrupted, prometheus.ended, alertmanager.ended]);
  if (lastWords !== undefined) throw new Error(`one of the two has ended; it said last:\n${lastWords}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  const isOurs = error instanceof MissingProgramError || error instanceof Error;
  process.stderr.write(`Latido cannot be observed: ${isOurs ? error.message : String(error)}\n`);
  process.exit(1);
});
