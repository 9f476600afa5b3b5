import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@latido/testing';
import type { PrometheusApi, RuleAlert } from '../../../tools/prometheus/prometheus-api';
import type { Pace } from '../../../tools/prometheus/pace';
import type { Installation } from './installation';
import { Load } from './load';

/** Always fires, so that its absence is noticed. */
export const WATCHDOG = 'InteropWatchdog';

/** What a fault acts on: one installation, who talks to it, and the Prometheus that looks at it. */
export class Stage {
  readonly load: Load;

  constructor(
    readonly installation: Installation,
    readonly prometheus: PrometheusApi,
    readonly pace: Pace,
  ) {
    this.load = new Load(installation.podsOf('service-a'), pace.intervalMs);
  }

  /** Lets so many heartbeats pass: for faults that consist of lasting. */
  async beats(count: number): Promise<void> {
    await delay(this.pace.beats(count));
  }

  /** Alerts of this installation that are pending or fire, without the watchdog. */
  async alerts(): Promise<readonly RuleAlert[]> {
    const all = await this.prometheus.alerts();
    return all.filter(
      ({ labels }) => labels['namespace'] === this.installation.namespace && labels['alertname'] !== WATCHDOG,
    );
  }

  /** Waits until the value of an expression is as wanted. `@namespace@` in it is the one of this installation. */
  async until(
    expression: string,
    wanted: (values: readonly number[]) => boolean,
    withinBeats = 60,
  ): Promise<void> {
    const query = expression.replaceAll('@namespace@', this.installation.namespace);
    await eventually(
      async () => {
        const values = (await this.prometheus.query(query)).map(({ value }) => value);
        if (!wanted(values)) throw new Error(`${query} is ${JSON.stringify(values)}`);
      },
      { withinMs: this.pace.beats(withinBeats) },
    );
  }
}
