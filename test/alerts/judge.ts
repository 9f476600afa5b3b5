import type { ExpectedAlert } from './fault';
import type { Notification, NotifiedAlert } from './pager';

/** What was heard of one alert between the cause of a fault and its end. */
export interface Sighting {
  readonly name: string;
  readonly labels: NotifiedAlert['labels'];
  readonly firedAtMs: number;
  readonly resolvedAtMs?: number;
}

/** What of the notifications belongs to one fault, put together by alert and by incident. */
export interface Account {
  readonly sightings: readonly Sighting[];
  /** Incidents at receivers that wake somebody up: groups that began to fire. */
  readonly pages: readonly string[];
}

/** The receivers of the chart's configuration that call a person. */
const PAGES = /^page-/;

/** Puts notifications together. @param belongs - says which alerts are looked at. */
export function account(
  notifications: readonly Notification[],
  belongs: (alert: NotifiedAlert) => boolean,
): Account {
  const sightings = new Map<string, Sighting>();
  const pages = new Set<string>();
  for (const { atMs, receiver, groupKey, alerts } of notifications)
    for (const alert of alerts.filter(belongs)) {
      const { status, labels, fingerprint } = alert;
      const seen = sightings.get(fingerprint);
      if (status === 'firing') {
        if (seen === undefined) sightings.set(fingerprint, { name: nameOf(alert), labels, firedAtMs: atMs });
        if (PAGES.test(receiver)) pages.add(groupKey);
      } else if (seen !== undefined && seen.resolvedAtMs === undefined) {
        sightings.set(fingerprint, { ...seen, resolvedAtMs: atMs });
      }
    }
  return { sightings: [...sightings.values()], pages: [...pages] };
}

/** Whether a sighting is of an expected alert. */
export function isOf(expected: ExpectedAlert, { name, labels }: Pick<Sighting, 'name' | 'labels'>): boolean {
  const wanted = Object.entries(expected.labels ?? {});
  return name === expected.name && wanted.every(([label, value]) => labels[label] === value);
}

/** What is wrong with an account, in words; nothing when exactly the right alerts came and resolved. */
export function problemsOf(
  { sightings, pages }: Account,
  expected: { readonly alerts: readonly ExpectedAlert[]; readonly pages: number },
): readonly string[] {
  const missing = expected.alerts.filter((alert) => !sightings.some((sighting) => isOf(alert, sighting)));
  const uncalled = sightings.filter((sighting) => !expected.alerts.some((alert) => isOf(alert, sighting)));
  const lasting = sightings.filter(({ resolvedAtMs }) => resolvedAtMs === undefined);
  return [
    ...missing.map(({ name, labels = {} }) => `${describe(name, labels)} never came`),
    ...uncalled.map(({ name, labels }) => `${describe(name, labels)} came, which nothing called for`),
    ...lasting.map(({ name, labels }) => `${describe(name, labels)} was never resolved`),
    ...(pages.length === expected.pages
      ? []
      : [`${pages.length} pages instead of ${expected.pages}: ${pages.join('; ')}`]),
  ];
}

function nameOf({ labels }: Pick<NotifiedAlert, 'labels'>): string {
  return labels['alertname'] ?? '';
}

/** Labels that tell whose an alert is; the rest is the same for all. */
const TELLING = ['service', 'pod', 'producer', 'consumer', 'topic', 'queue', 'workflow'];

/** An alert in few words, e.g. `InteropServiceDown (service-b)`. */
export function describe(name: string, labels: Readonly<Record<string, string>>): string {
  const told = TELLING.map((label) => labels[label]).filter((value) => value !== undefined);
  return told.length === 0 ? name : `${name} (${told.join(' ')})`;
}
