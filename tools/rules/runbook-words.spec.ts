import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricCatalogue } from '@latido/observability';
import { ruleGroups } from './rule-catalogue';
import { namesIn } from './names-in';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesIn = (directory: string, ends: RegExp) =>
  readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => ends.test(file) && !file.includes('node_modules'))
    .map((file) => join(directory, file));

const pages = filesIn('docs/runbooks', /\.md$/);
const recorded = Object.values(ruleGroups).flatMap(({ recordings }) =>
  recordings.map(({ record }) => record),
);
const series = new Set([...Object.keys(metricCatalogue), ...recorded]);
/** A name, or the beginning of some that a command looks for. */
const isKnown = (name: string) =>
  series.has(name) || (name.endsWith('_') && [...series].some((each) => each.startsWith(name.slice(0, -1))));
/** What the services and the rules are written with: whatever a page calls one of their words stands there. */
const source = ['apps', 'libs', 'tools/rules']
  .flatMap((directory) => filesIn(directory, /(?<!spec|\.d)\.ts$/))
  .map(read)
  .join('\n');
const sourceWords = new Set(source.match(/\w+/g));
const sourceStrings = new Set(
  [...source.matchAll(/'([a-z_]+)'|\b([a-z]+_[a-z_]+)\??:/g)].map(([, text, key]) => text ?? key),
);
/** The tables of settings, one row each; they are held against the services by a test of their own. */
const settings = new Map(
  [...read('docs/reference/config.md').matchAll(/^\| `([A-Z_]+)` +\| ([^|]+)/gm)].map(
    ([, name = '', accepts = '']) => [name, accepts],
  ),
);
const chartValues = new Set(read('charts/latido/values.yaml').match(/\w+/g));
/** Set by the README's block of commands, not in a service. */
const OF_THE_SHELL = new Set(['MONITORING']);
/** Fields of the Prometheus operator's objects that the chart leaves alone. */
const OF_THE_OPERATOR = new Set(['ruleSelector', 'sampleLimit']);

/** What stands in backticks in the text of a page, outside of its block of commands. */
const wordsOf = (page: string) =>
  [
    ...read(page)
      .replaceAll(/```[\s\S]*?```/g, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, word = '']) => word);

describe('what a runbook names', () => {
  it.each(pages)('%s: metrics are exported or recorded', (page) => {
    expect([...namesIn(read(page))].filter((name) => !isKnown(name))).toEqual([]);
  });

  it.each(pages)('%s: log events, outcomes and reasons are those of the code', (page) => {
    const codes = wordsOf(page).filter((word) => /^[a-z]+(_[a-z]+)+$/.test(word) && !series.has(word));
    expect(codes.filter((code) => !sourceStrings.has(code))).toEqual([]);
  });

  it.each(pages)('%s: fields of answers, and values of the chart, exist', (page) => {
    const fields = wordsOf(page).filter((word) => /^[a-z]+(?:[A-Z.]\w*)+$/.test(word) && !series.has(word));
    const unknown = fields
      .flatMap((field) => field.split('.'))
      .filter((part) => !sourceWords.has(part) && !chartValues.has(part) && !OF_THE_OPERATOR.has(part));
    expect(unknown).toEqual([]);
  });

  it.each(pages)('%s: settings exist, and take the value that is given', (page) => {
    const named = wordsOf(page).flatMap((word) => {
      const [, name, value] = /^([A-Z]+(?:_[A-Z]+)+)(?:=(\S+))?$/.exec(word) ?? [];
      return name === undefined || OF_THE_SHELL.has(name) ? [] : [{ name, value }];
    });
    for (const { name, value } of named) {
      expect([...settings.keys()]).toContain(name);
      if (value !== undefined) expect(settings.get(name)).toContain(`\`${value}\``);
    }
  });

  it('is explained for every reason for which a message is put aside', () => {
    const page = read('docs/runbooks/InteropDLQNotEmpty.md');
    const lists = [...source.matchAll(/(?:DEAD_LETTER|KNOWN)_REASONS = \[([^\]]*)\]/g)].map(
      ([, list = '']) => list,
    );
    const reasons = lists.flatMap((list) => [...list.matchAll(/'(\w+)'/g)].map(([, reason = '']) => reason));
    expect(lists).toHaveLength(2);
    expect(reasons.filter((reason) => !page.includes(`\`${reason}\``))).toEqual([]);
  });
});
