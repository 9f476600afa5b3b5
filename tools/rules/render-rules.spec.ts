import { parse } from 'yaml';
import { alertDefaults } from './alert-defaults';
import { renderRules, type RuleValues } from './render-rules';

const values: RuleValues = {
  namespace: 'shop',
  release: 'blue',
  dashboards: 'https://grafana.example.com',
  runbooks: 'https://runbooks.example.com',
};

interface Rule {
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
}

function rulesOf(rendered: Readonly<Record<string, string>>): readonly Rule[] {
  return Object.values(rendered).flatMap((text) =>
    (parse(text) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules),
  );
}
const ruleOf = (alert: string, given: Partial<RuleValues> = {}) =>
  rulesOf(renderRules({ ...values, ...given })).find((rule) => rule.alert === alert);

describe('renderRules', () => {
  it('leaves no token', () => {
    expect(Object.values(renderRules(values)).join('')).not.toMatch(/@[A-Za-z.]+@|undefined/);
  });

  it('takes what the installation says of an alert, and the default of what it does not', () => {
    const alerts = { InteropChannelLag: { threshold: 99, severity: 'info' } };
    const rule = ruleOf('InteropChannelLag', { alerts });
    expect(rule?.expr).toMatch(/> 99$/);
    expect(rule?.labels['severity']).toBe('info');
    expect(rule?.for).toBe(alertDefaults['InteropChannelLag']?.['for']);
  });

  it('leaves out an alert that is not enabled, and nothing else', () => {
    const all = rulesOf(renderRules(values)).length;
    const alerts = { InteropEdgeOutOfOrder: { enabled: false } };
    expect(ruleOf('InteropEdgeOutOfOrder', { alerts })).toBeUndefined();
    expect(rulesOf(renderRules({ ...values, alerts }))).toHaveLength(all - 1);
  });

  it.each([
    [{ InteropNothing: { for: '1m' } }, 'there is no alert InteropNothing'],
    [{ InteropChannelLag: { treshold: 1 } }, 'InteropChannelLag has no parameter treshold'],
  ])('refuses %j', (alerts, problem) => {
    expect(() => renderRules({ ...values, alerts })).toThrow(problem);
  });
});
