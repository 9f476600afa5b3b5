import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { parse, stringify } from 'yaml';
import { renderRules, type RuleValues } from '../rules/render-rules';
import type { Pace } from './pace';
import { shortenRoutes, shortenRules } from './shorten';

/** Parameters of alerts, by the name of the alert. */
export type AlertOverrides = NonNullable<RuleValues['alerts']>;

/** Whose rules are wanted. */
export interface RulesOf {
  readonly namespace: string;
  /** Replicas of heartbeat-monitor that there should be. */
  readonly monitors: number;
  readonly alerts?: AlertOverrides;
}

/** The release that all rigs install. */
export const RELEASE = 'latido';

/** The rule files that the chart ships, for one namespace and at a pace, by names of their own. */
export function chartRules(
  { namespace, monitors, alerts }: RulesOf,
  pace: Pace,
): Readonly<Record<string, string>> {
  const files = renderRules({
    namespace,
    release: RELEASE,
    dashboards: 'http://127.0.0.1:3000',
    runbooks: join(repositoryRoot(), 'docs/runbooks'),
    alerts: {
      InteropMonitorReplicaMissing: { replicas: monitors },
      ...timeParameters(pace),
      ...alerts,
    },
  });
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${namespace}-${name}`, shortenRules(text, pace)]),
  );
}

/** Parameters that are times, which an expression compares with: they shorten like everything else. */
function timeParameters(pace: Pace): AlertOverrides {
  const seconds = (inProduction: number): number => pace.shorten(inProduction * 1_000) / 1_000;
  return {
    InteropEventStuck: { threshold: seconds(300) },
    InteropChannelLag: { threshold: seconds(15) },
  };
}

/** What a receiver calls instead of a pager, a chat or a mailbox. */
interface Webhook {
  readonly url: string;
  readonly bearerToken?: string;
}

interface Configuration {
  readonly route: object;
  readonly inhibit_rules: readonly object[];
  readonly receivers: readonly Receiver[];
}

type Receiver = Readonly<Record<string, string | readonly { readonly send_resolved?: boolean }[]>> & {
  readonly name: string;
};

/**
 * The routes and inhibitions that the chart ships, at a pace. Its receivers are examples with secrets in files:
 * each calls a webhook instead, or nobody.
 *
 * @param webhookOf - the webhook of a receiver, by its name; undefined for one that calls nobody.
 */
export function chartRoutes(webhookOf: (receiver: string) => Webhook | undefined, pace: Pace): string {
  const file = join(repositoryRoot(), 'charts/latido/rules/alertmanager.yaml');
  const { route, inhibit_rules, receivers } = parse(readFileSync(file, 'utf8')) as Configuration;
  return stringify({
    route: shortenRoutes(route, pace),
    inhibit_rules,
    receivers: receivers.map((receiver) => calling(webhookOf(receiver.name), receiver)),
  });
}

/** Says as much as the receiver of the chart would: whether it tells that an alert is over, too. */
function calling(webhook: Webhook | undefined, { name, ...channels }: Receiver): object {
  const calls = Object.values(channels).flatMap((channel) => (typeof channel === 'string' ? [] : channel));
  if (webhook === undefined || calls.length === 0) return { name };
  const { url, bearerToken: credentials } = webhook;
  return {
    name,
    webhook_configs: calls.map(({ send_resolved = true }) => ({
      url,
      send_resolved,
      ...(credentials !== undefined && { http_config: { authorization: { credentials } } }),
    })),
  };
}
