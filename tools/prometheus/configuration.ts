import { stringify } from 'yaml';
import { JOB } from './scrape-target';

/** What Prometheus is told beside its targets. */
export interface PrometheusSettings {
  readonly scrapeIntervalMs: number;
  /** How often rule groups that do not say otherwise are evaluated; by default as often as is scraped. */
  readonly evaluationIntervalMs?: number;
  /** Rule files, as text, by file name. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Base address of an Alertmanager. */
  readonly alertmanagerUrl?: string;
  /** Series a page may have at most; a larger page fails as a whole. No bound by default. */
  readonly sampleLimit?: number;
}

/** The file whose targets are scraped. */
export const TARGETS_FILE = 'targets.json';
/** What Prometheus itself takes when it is not told. */
const LONGEST_SCRAPE_MS = 10_000;

/** The text of prometheus.yml, beside which the rule files and the file of targets are. */
export function prometheusConfiguration(settings: PrometheusSettings): string {
  const { scrapeIntervalMs, evaluationIntervalMs = scrapeIntervalMs } = settings;
  const { rules = {}, alertmanagerUrl, sampleLimit } = settings;
  return stringify({
    global: {
      scrape_interval: `${scrapeIntervalMs}ms`,
      scrape_timeout: `${Math.min(scrapeIntervalMs, LONGEST_SCRAPE_MS)}ms`,
      evaluation_interval: `${evaluationIntervalMs}ms`,
    },
    rule_files: Object.keys(rules),
    scrape_configs: [
      {
        job_name: JOB,
        file_sd_configs: [{ files: [TARGETS_FILE] }],
        ...(sampleLimit !== undefined && { sample_limit: sampleLimit }),
      },
    ],
    ...(alertmanagerUrl !== undefined && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }] },
    }),
  });
}
