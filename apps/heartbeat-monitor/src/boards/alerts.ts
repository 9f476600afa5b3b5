import { boardSubject } from '@latido/topology';
import type { BoardForm } from './board';

/** One alert that fires, in the few words a console shows. */
interface Alert {
  /** Alertmanager's own name of it. */
  readonly fingerprint: string;
  readonly name: string;
  readonly severity: string;
  readonly service: string;
  readonly summary: string;
  readonly runbookUrl: string;
  readonly startsAt: string;
  /** When it was told last; one that is not repeated for a day is taken off. */
  readonly seenAtMs: number;
}

/** Alerts that fire, oldest first. */
export type AlertBoard = readonly Alert[];

/** What Alertmanager sends, version 4, as far as it is read. */
export interface AlertNotification {
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly fingerprint?: string;
    readonly startsAt?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

/** A console shows no more, and the board stays under 100 KB. */
const MAX_ALERTS = 100;
const MAX_TEXT = 300;
/** Alertmanager repeats every few hours; what it has forgotten for a day does not fire any more. */
const FORGET_AFTER_MS = 24 * 60 * 60 * 1_000;

/**
 * The board after a notification: firing alerts are put on it, resolved ones taken off.
 *
 * The same notification twice changes nothing but the time it was seen, in steps of a minute.
 */
export function afterNotification(
  board: AlertBoard,
  notification: AlertNotification,
  nowMs: number,
): AlertBoard {
  const told = notification.alerts.map((alert) => ({ status: alert.status, alert: alertOf(alert, nowMs) }));
  const names = new Set(told.map(({ alert }) => alert.fingerprint));
  const others = board.filter(
    ({ fingerprint, seenAtMs }) => !names.has(fingerprint) && seenAtMs > nowMs - FORGET_AFTER_MS,
  );
  const firing = told.filter(({ status }) => status === 'firing').map(({ alert }) => alert);
  return [...others, ...firing].slice(-MAX_ALERTS);
}

/** The board as it is kept. */
export const alertsForm: BoardForm<AlertBoard> = {
  subject: boardSubject('alerts'),
  empty: [],
  parse: (value) => (Array.isArray(value) ? value : []),
  toJson: (board) => board.map((alert) => ({ ...alert })),
};

function alertOf(alert: AlertNotification['alerts'][number], nowMs: number): Alert {
  const { labels = {}, annotations = {}, startsAt = '' } = alert;
  return {
    fingerprint: cut(alert.fingerprint ?? textOf(labels)),
    name: cut(labels['alertname'] ?? 'unnamed'),
    severity: cut(labels['severity'] ?? 'none'),
    service: cut(labels['service'] ?? ''),
    summary: cut(annotations['summary'] ?? ''),
    runbookUrl: cut(annotations['runbook_url'] ?? ''),
    startsAt: cut(startsAt),
    seenAtMs: nowMs - (nowMs % 60_000),
  };
}

/** Names an alert whose sender gave it no fingerprint. */
function textOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return pairs.sort().join(',');
}

function cut(text: string): string {
  return text.slice(0, MAX_TEXT);
}
