import { ownerOf, topology } from '@latido/topology';
import { alerts } from '../rules/rule-catalogue';
import { type Firing, HOME } from './rule-case';

/** Every label that an alert must have when it fires: what the case says, and what follows from its service. */
export function expectedLabels(alert: string, firing: Firing): Readonly<Record<string, string>> {
  const { summary: _, ...said } = firing;
  const { team, tier, onCall } = ownerOf(topology, said['service'] ?? '');
  const severity = alerts.find(({ name }) => name === alert)?.severity ?? 'none';
  return { ...HOME, severity, team, tier: String(tier), on_call: onCall, ...said };
}
