import type { ruleGroups } from '../rules/rule-catalogue';

/** Labels and the expanded summary of an alert that must fire; owner, severity and release are added. */
export interface Firing {
  readonly summary: string;
  readonly [label: string]: string;
}

/** A story told in series, and which alerts of one name fire at which minute of it. */
export interface RuleCase {
  readonly alert: string;
  /** Completes the sentence "alert, when ...". */
  readonly when: string;
  /** Values in promtool's notation, one a step, by selector. */
  readonly series: Readonly<Record<string, string>>;
  /** What fires, by time since the start of the story. */
  readonly at: Readonly<Record<string, readonly Firing[]>>;
  /** Length of a step, and how often rules are evaluated. Default 15 s. */
  readonly step?: '15s' | '1m' | '5m' | '15m';
}

/** Rule files that a set of cases needs, without their ending. */
type RuleFile = keyof typeof ruleGroups;

/** Cases about the alerts of one rule file. */
export interface RuleCases {
  readonly files: readonly RuleFile[];
  readonly cases: readonly RuleCase[];
}

type Labels = Readonly<Record<string, string>>;

/** Where the stories take place, unless labels say otherwise. */
export const HOME = { namespace: 'local', release: 'latido' } as const;

/** A selector with the labels of the release. */
export function series(name: string, labels: Labels = {}): string {
  const all = Object.entries({ ...HOME, ...labels }).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${all.join(',')}}`;
}

/** A series of one replica of the monitor. */
export function ofMonitor(name: string, labels: Labels = {}): string {
  return series(name, { app: 'heartbeat-monitor', pod: 'monitor-0', ...labels });
}

/** A replica that sees all the time. */
export function seeing(pod = 'monitor-0', steps = 100): Readonly<Record<string, string>> {
  return {
    [ofMonitor('interop_monitor_blind', { pod, reason: 'lag' })]: `0x${steps}`,
    [ofMonitor('interop_monitor_blind', { pod, reason: 'warming' })]: `0x${steps}`,
  };
}

/** Instances of a service in a state, as a replica counts them. */
export function instances(service: string, state: string, labels: Labels = {}): string {
  return ofMonitor('interop_service_instances', { service, state, ...labels });
}

/** `effect` suffers when `cause` fails. */
export function downstream(cause: string, effect: string): Readonly<Record<string, string>> {
  return {
    [ofMonitor('interop_service_downstream_info', { cause_service: cause, service: effect })]: '1x400',
  };
}

/** A service that is dead from its first step on. */
export function dead(service: string): Readonly<Record<string, string>> {
  return { [instances(service, 'up')]: '0x400', [instances(service, 'down')]: '1x400' };
}
