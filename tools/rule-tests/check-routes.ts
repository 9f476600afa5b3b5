import { join } from 'node:path';
import { NOBODY, topology } from '@latido/topology';
import type { Finding } from './check-rules';
import { runTool } from './run-tool';

const CONFIGURATION = join('charts', 'latido', 'rules', 'alertmanager.yaml');

/** A way that an alert must take. */
interface Way {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly string[];
}

const owners = [
  ...topology.services.flatMap(({ owner }) => owner ?? []),
  NOBODY,
  { team: 'new', onCall: 'new' },
];
const known = (name: string, field: 'team' | 'onCall') =>
  owners.slice(0, -1).some((owner) => owner[field] === name) ? name : NOBODY[field];

/** Every team with every severity, a team that nobody has heard of, and what is no alert of a service. */
const ways: readonly Way[] = [
  ...owners.flatMap(({ team, onCall }): readonly Way[] => {
    const labels = { alertname: 'InteropAnything', team, on_call: onCall };
    return [
      {
        labels: { ...labels, severity: 'critical' },
        receivers: ['console', `page-${known(onCall, 'onCall')}`],
      },
      { labels: { ...labels, severity: 'warning' }, receivers: ['console', `slack-${known(team, 'team')}`] },
      { labels: { ...labels, severity: 'info' }, receivers: ['console', 'email'] },
      { labels: { ...labels, severity: 'none' }, receivers: ['console', 'nobody'] },
    ];
  }),
  { labels: { alertname: 'InteropWatchdog', severity: 'none' }, receivers: ['heartbeat'] },
  { labels: { alertname: 'SomebodyElses', severity: 'unheard-of' }, receivers: [`slack-${NOBODY.team}`] },
];

/** Lets amtool check the configuration of Alertmanager, and follow every way through it. */
export async function checkRoutes(amtool: string, root: string): Promise<readonly Finding[]> {
  const checked = await runTool(amtool, ['check-config', CONFIGURATION], root);
  const wrong: string[] = [];
  for (const { labels, receivers } of ways) {
    const said = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
    const args = ['config', 'routes', 'test', `--config.file=${CONFIGURATION}`];
    const { ok, text } = await runTool(
      amtool,
      [...args, `--verify.receivers=${receivers.join(',')}`, ...said],
      root,
    );
    if (!ok) wrong.push(`${said.join(' ')} must go to ${receivers.join(', ')}: ${text}`);
  }
  return [
    { ok: checked.ok, text: checked.ok ? 'amtool: check-config' : checked.text },
    {
      ok: wrong.length === 0,
      text: [`amtool: ${ways.length} ways of teams and severities`, ...wrong].join('\n'),
    },
  ];
}
