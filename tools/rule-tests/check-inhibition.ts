import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startAlertmanager } from '../prometheus/alertmanager';
import { alerts } from '../rules/rule-catalogue';
import type { Finding } from './check-rules';
import { allCases } from './cases/all';
import { expectedLabels } from './expected-labels';

type Labels = Readonly<Record<string, string>>;

interface ShownAlert {
  readonly labels: Labels;
  readonly status: { readonly inhibitedBy: readonly string[] };
}

/** Alertmanager computes what is muted when it is asked, and takes alerts in within moments. */
const SETTLES_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 200;
/** Among the others they would mute some that the source does not. */
const MUTES_OTHERS = new Set(['InteropMonitorBlind', 'InteropMassSilence']);
const NEVER_MUTED_BY_BLINDNESS = new Set(['InteropMonitorBlind', 'InteropMonitorDown', 'InteropWatchdog']);

/** The labels of every alert, as promtool has seen them in the first case in which it fires, with this cause. */
function everyAlert(cause: string): readonly Labels[] {
  const cases = Object.values(allCases).flatMap((group) => group.cases);
  return alerts.flatMap(({ name, cause: relation }) => {
    const [firing] = cases
      .filter(({ alert }) => alert === name)
      .flatMap(({ at }) => Object.values(at).flat());
    if (!firing) return [];
    const labels = { ...expectedLabels(name, firing), alertname: name };
    return relation === 'upstream' ? { ...labels, cause_service: cause } : labels;
  });
}

/**
 * Asks a real Alertmanager with the shipped configuration what it mutes, for every alert of the catalogue: while every
 * monitor is blind, while many fell silent at once, while a service upstream is down, while another one is, and while that
 * happens in another release.
 */
export async function checkInhibition(root: string): Promise<readonly Finding[]> {
  const configuration = await readFile(join(root, 'charts/latido/rules/alertmanager.yaml'), 'utf8');
  const blind = alertOf('InteropMonitorBlind', 'none');
  const down = { ...alertOf('InteropServiceDown', 'none'), service: 'cause', cause_service: 'cause' };
  const mass = alertOf('InteropMassSilence', 'none');
  const together = everyAlert('none').map((labels) =>
    labels['fell_together'] === undefined ? labels : { ...labels, fell_together: 'yes' },
  );
  const judge = (
    source: Labels,
    labels: readonly Labels[],
    muted: (labels: Labels) => boolean,
    text: string,
  ) => judgeOne({ configuration, source, labels, muted, text });
  return [
    await judge(
      blind,
      everyAlert('none'),
      ({ alertname = '' }) => !NEVER_MUTED_BY_BLINDNESS.has(alertname),
      'a blind monitor mutes all but what says so',
    ),
    await judge(
      { ...blind, release: 'green' },
      everyAlert('none'),
      () => false,
      'a blind monitor of another release mutes nothing',
    ),
    await judge(
      mass,
      together,
      ({ fell_together }) => fell_together !== undefined,
      'a mass silence mutes the pages for the services that fell silent with the others, and nothing else',
    ),
    await judge(
      mass,
      everyAlert('none'),
      () => false,
      'a mass silence mutes nothing about a service that dies alone',
    ),
    await judge(
      { ...mass, namespace: 'other' },
      together,
      () => false,
      'a mass silence in another namespace mutes nothing',
    ),
    await judge(
      down,
      everyAlert('cause'),
      (labels) => isEffect(labels),
      'a service that is down mutes what it explains, and nothing else',
    ),
    await judge(
      down,
      everyAlert('none'),
      () => false,
      'a service that is down mutes nothing that it does not explain',
    ),
    await judge(
      { ...down, namespace: 'other' },
      everyAlert('cause'),
      () => false,
      'a service that is down in another namespace mutes nothing',
    ),
  ];
}

const isEffect = ({ alertname }: Labels) =>
  alerts.find(({ name }) => name === alertname)?.cause === 'upstream';

function alertOf(name: string, cause: string): Labels {
  const labels = everyAlert(cause).find(({ alertname }) => alertname === name);
  if (!labels) throw new Error(`no case lets ${name} fire`);
  return labels;
}

interface Judgement {
  readonly configuration: string;
  readonly source: Labels;
  readonly labels: readonly Labels[];
  readonly muted: (labels: Labels) => boolean;
  readonly text: string;
}

async function judgeOne({ configuration, source, labels, muted, text }: Judgement): Promise<Finding> {
  const alertmanager = await startAlertmanager({ configuration });
  try {
    const others = labels.filter(
      ({ alertname = '' }) => alertname !== source['alertname'] && !MUTES_OTHERS.has(alertname),
    );
    await send(alertmanager.url, [source, ...others]);
    const isWrong = (alert: ShownAlert): boolean =>
      alert.labels['alertname'] !== source['alertname'] &&
      alert.status.inhibitedBy.length > 0 !== muted(alert.labels);
    const wrong = await whatStaysWrong(alertmanager.url, { count: others.length + 1, isWrong });
    const names = wrong.map((alert) => `  wrong about ${alert.labels['alertname']}`);
    return {
      ok: wrong.length === 0,
      text: [`Alertmanager: ${text} (${others.length} alerts)`, ...names].join('\n'),
    };
  } finally {
    await alertmanager.stop();
  }
}

async function send(url: string, labels: readonly Labels[]): Promise<void> {
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(labels.map((each) => ({ labels: each }))),
  });
  if (!response.ok)
    throw new Error(`Alertmanager took no alerts: ${response.status} ${await response.text()}`);
}

/** It hears of sources beside what it shows: what is wrong may be right in a moment. */
async function whatStaysWrong(
  url: string,
  { count, isWrong }: { readonly count: number; readonly isWrong: (alert: ShownAlert) => boolean },
): Promise<readonly ShownAlert[]> {
  const lastTryMs = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const shown = (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly ShownAlert[];
    const wrong = shown.filter(isWrong);
    const isOver = Date.now() > lastTryMs;
    if (shown.length === count && (wrong.length === 0 || isOver)) return wrong;
    if (isOver) throw new Error(`Alertmanager shows ${shown.length} alerts instead of ${count}`);
    await delay(LOOK_EVERY_MS);
  }
}
