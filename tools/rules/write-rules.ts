import { stringify } from 'yaml';
import type { AlertDefinition, Recording, RuleGroup } from './alert';
import { labelsOf } from './alert-labels';

const HEADER =
  '# Written by `npm run generate` from tools/rules; change it there. @tokens@ are replaced at installation.\n';

/** A group as a rule file of Prometheus in which tokens stand for what an installation sets. */
export function writeRules({ name, interval, recordings, alerts }: RuleGroup): string {
  const rules = [...recordings.map(recordingRule), ...alerts.map(alertRule)];
  return HEADER + toYaml({ groups: [{ name, interval, rules }] });
}

function recordingRule({ record, expression, labels }: Recording) {
  const home = { namespace: '@namespace@', release: '@release@' };
  return {
    record,
    expr: expression,
    ...(labels && { labels: { ...(expression === 'vector(1)' && home), ...labels } }),
  };
}

function alertRule(alert: AlertDefinition) {
  const { name, expression, keepFiringFor, summary, description, dashboard, service } = alert;
  const shown = service ?? '{{ $labels.service }}';
  return {
    alert: name,
    expr: expression,
    for: `@${name}.for@`,
    ...(keepFiringFor && { keep_firing_for: `@${name}.keepFiringFor@` }),
    labels: labelsOf(alert),
    annotations: {
      summary,
      description,
      runbook_url: `@runbooks@/${name}.md`,
      dashboard_url: `@dashboards@/d/${dashboard}?var-namespace=@namespace@&var-service=${shown}`,
    },
  };
}

/** YAML with expressions as blocks and nothing folded. */
export function toYaml(value: unknown): string {
  return stringify(value, {
    lineWidth: 0,
    blockQuote: 'literal',
    singleQuote: true,
    aliasDuplicateObjects: false,
  });
}
