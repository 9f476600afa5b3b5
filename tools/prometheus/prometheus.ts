import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@latido/testing';
import { prometheusConfiguration, type PrometheusSettings, TARGETS_FILE } from './configuration';
import { PrometheusApi } from './prometheus-api';
import { discoveryFile, type ScrapeTarget } from './scrape-target';
import { type ServerProgram, startServerProgram } from './server-program';

const PROMETHEUS = {
  name: 'Prometheus',
  commands: ['prometheus'],
  install: 'apt-get install prometheus (or https://prometheus.io/download), 2.42 or newer',
};
const READY_WITHIN_MS = 30_000;
const RESEND_DELAY_MS = 60_000;

export interface PrometheusOptions extends PrometheusSettings {
  /** What is scraped first; {@link Prometheus.scrape} changes it. */
  readonly targets: readonly ScrapeTarget[];
  /** By default a free one. */
  readonly port?: number;
  /** How soon it repeats to the Alertmanager what it has told; 1 min by default. */
  readonly resendDelayMs?: number;
}

/**
 * A real Prometheus on loopback, with its data in a temporary directory that goes with it. It keeps exemplars.
 *
 * @throws MissingProgramError when it is not installed; Error with what it said when it does not start.
 * @example
 * const prometheus = await startPrometheus({ targets, scrapeIntervalMs: 1_000 });
 * const [sample] = await prometheus.query('sum(up)');
 * await prometheus.stop();
 */
export async function startPrometheus(options: PrometheusOptions): Promise<Prometheus> {
  const files = {
    ...options.rules,
    [TARGETS_FILE]: discoveryFile(options.targets),
    'prometheus.yml': prometheusConfiguration(options),
  };
  const server = await startServerProgram(PROMETHEUS, files, (directory) => [
    `--config.file=${join(directory, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=127.0.0.1:${options.port ?? 0}`,
    '--enable-feature=exemplar-storage,extra-scrape-metrics',
    '--web.enable-lifecycle',
    `--rules.alert.resend-delay=${options.resendDelayMs ?? RESEND_DELAY_MS}ms`,
  ]);
  const prometheus = new Prometheus(server, options);
  await prometheus.untilReady();
  return prometheus;
}

/** A running Prometheus. Made by {@link startPrometheus}. */
export class Prometheus extends PrometheusApi implements ServerProgram {
  constructor(
    private readonly server: ServerProgram,
    private readonly settings: PrometheusSettings,
  ) {
    super(server.url);
  }

  get ended(): Promise<string> {
    return this.server.ended;
  }

  get directory(): string {
    return this.server.directory;
  }

  /** Scrapes these from now on, and nothing else. Prometheus takes up to 10 s to notice. */
  async scrape(targets: readonly ScrapeTarget[]): Promise<void> {
    // In one step: a file that is half written would be a fleet that is half gone.
    const [fresh, file] = [join(this.directory, 'targets.fresh'), join(this.directory, TARGETS_FILE)];
    await writeFile(fresh, discoveryFile(targets));
    await rename(fresh, file);
  }

  /**
   * Evaluates these rule files from now on, and no others; groups that stay as they are remember what they saw. What fires
   * or ends within the next 5 s may reach the Alertmanager late, after the resend delay.
   * @throws Error with what it does not like about them.
   */
  async evaluate(rules: Readonly<Record<string, string>>): Promise<void> {
    const files = { ...rules, 'prometheus.yml': prometheusConfiguration({ ...this.settings, rules }) };
    for (const [name, text] of Object.entries(files)) await writeFile(join(this.directory, name), text);
    const answer = await fetch(`${this.url}/-/reload`, { method: 'POST' });
    if (!answer.ok) throw new Error(`Prometheus refused the rules: ${answer.status} ${await answer.text()}`);
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** Waits until it answers queries. */
  async untilReady(): Promise<void> {
    await eventually(() => this.query('1'), { withinMs: READY_WITHIN_MS });
  }
}
