import { topology } from '@latido/topology';
import type { AlertDefinition } from './alert';
import { alerts } from './rule-catalogue';

/** The reference page of all alerts, in Markdown, as docs/reference/alerts.md holds it. */
export function alertReference(): string {
  return [
    '# Alerts',
    '',
    'Written from `tools/rules`; change it there. Every alert carries `namespace`, `release`, `severity`, `team`, `tier`, `on_call` and,',
    'where it is about one, `service`; every parameter can be set by the chart as `alerts.<alert>.<parameter>`, and',
    '`alerts.<alert>.enabled: false` leaves one out. Each has a [runbook](../runbooks/README.md) under its name.',
    '',
    '`InteropMassSilence` mutes `InteropServiceDown` and `InteropServiceMissing` of the services that fell silent with the others (label `fell_together`).',
    '`InteropMonitorBlind` mutes every other alert of its release but `InteropMonitorDown` and `InteropWatchdog`. `InteropServiceDown` mutes the ones that its',
    'service explains: those marked "muted by a cause", of the service itself and of everything downstream of it.',
    '',
    '## Owners',
    '',
    '| service | team | tier | on call |',
    '| --- | --- | --- | --- |',
    ...topology.services.map(
      ({ name, owner }) => `| ${name} | ${owner?.team} | ${owner?.tier} | ${owner?.onCall} |`,
    ),
    '',
    '## Promises',
    '',
    'The budget of a promise is for 30 days. A promise is judged only where a window has enough cases.',
    '',
    '| promise | of | good | share | cases at least |',
    '| --- | --- | --- | --- | --- |',
    ...promises(),
    '',
    ...alerts.flatMap(section),
  ].join('\n');
}

function promises(): readonly string[] {
  const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const { services, edgeObjectives, workflowObjectives } = topology;
  return [
    ...services.flatMap(({ name, api: { availability, latency } }) => [
      row('api-availability', name, 'not answered 5xx', availability.share, availability.minimumEvents),
      row('api-latency', name, `within ${latency.withinSeconds} s`, latency.share, latency.minimumEvents),
    ]),
    ...edgeObjectives.map(({ producer, topic, consumer, withinSeconds, share, minimumEvents }) =>
      row(
        'edge-delivery',
        `${producer} → ${topic} → ${consumer}`,
        `within ${withinSeconds} s`,
        share,
        minimumEvents,
      ),
    ),
    ...workflowObjectives.map(({ workflow, share, minimumEvents }) =>
      row('event-completion', workflow, 'complete', share, minimumEvents),
    ),
  ];
}

function section(alert: AlertDefinition): readonly string[] {
  const { name, severity, keepFiringFor, parameters = {}, description, dashboard, cause } = alert;
  const facts = [
    `${severity}, for ${alert.for}${keepFiringFor ? `, keeps firing for ${keepFiringFor}` : ''}${cause === 'upstream' ? ', muted by a cause' : ''}`,
    `[runbook](../runbooks/${name}.md), dashboard ${dashboard}`,
    ...Object.entries(parameters).map(
      ([parameter, { value, meaning }]) => `\`${parameter}\` ${value}: ${meaning}`,
    ),
  ];
  return [`## ${name}`, '', readable(description), '', ...facts.map((fact) => `- ${fact}`), ''];
}

/** A description with words in place of what Prometheus fills in. */
function readable(description: string): string {
  return description
    .replaceAll(/\{\{ range query .*?\{\{ end \}\}/g, '*each service, with how many of it*')
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, '*$1*')
    .replaceAll(/\{\{ \$value[^}]*\}\}/g, '*N*');
}
