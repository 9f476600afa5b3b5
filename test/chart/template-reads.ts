import { readdirSync, readFileSync } from 'node:fs';
import { CHART } from './render';

/** Values of which every component has its own; templates read them as `own`, over `defaults`. */
const COMPONENTS = new Set(['defaults', 'serviceA', 'serviceB', 'heartbeatMonitor', 'localAws']);

/** What templates read by a computed key, and how; the expression must be there. */
const BY_KEY: readonly (readonly [paths: RegExp, expression: string])[] = [
  [/^aws\.(queues|topics|tables)$/, 'index $.Values.aws $kind'],
  [/^defaults\.(nodeSelector|tolerations|affinity)$/, 'index $own $key'],
  [
    /^networkPolicy\.\w+\.(namespaceLabels|podLabels)$/,
    'include "latido.podsIn" (dict "root" .root "of" $peer)',
  ],
  [/^networkPolicy\.aws\.(cidrs|except)$/, 'include "latido.blocks" (dict "root" .root "of" $policy.aws)'],
  [
    /^networkPolicy\.identityProvider\.(cidrs|except)$/,
    'include "latido.blocks" (dict "root" .root "of" $policy.identityProvider)',
  ],
];

const sources = readdirSync(`${CHART}/templates`, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(yaml|tpl|txt)$/.test(file))
  .map((file) => readFileSync(`${CHART}/templates/${file}`, 'utf8'));
const asWritten = sources.join('\n');
const spelledOut = sources.map((source) => withoutVariables(source)).join('\n');

/** Whether a template reads the value at a path, all of the path: that something else ends in the same word is not enough. */
export function isReadByTemplates(path: string): boolean {
  const [component = '', ...rest] = path.split('.');
  const read = [`.Values.${path}`, ...(COMPONENTS.has(component) ? [`.own.${rest.join('.')}`] : [])];
  return (
    read.some((one) => new RegExp(`${one.replaceAll('.', '\\.')}\\b`).test(spelledOut)) ||
    BY_KEY.some(([paths, expression]) => paths.test(path) && asWritten.includes(expression))
  );
}

/** A template whose variables are replaced by the paths they stand for, as far as they stand for paths. */
function withoutVariables(source: string): string {
  const assigned = /\$(\w+) :?= ((?:\$?\w*)(?:\.\w+)+) *-?\}\}/g;
  const once = (text: string): string =>
    [...text.matchAll(assigned)].reduce(
      (result, [, variable, path = '']) =>
        result.replaceAll(new RegExp(`\\$${variable}\\b(?! :?=)`, 'g'), () => path),
      text,
    );
  return once(once(source)).replaceAll('$own.', '.own.');
}
