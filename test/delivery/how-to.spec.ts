import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { parse } from 'yaml';

const DIRECTORY = join(repositoryRoot(), 'docs/how-to');
const pages = readdirSync(DIRECTORY).map(
  (file) => [file, readFileSync(join(DIRECTORY, file), 'utf8')] as const,
);
const { scripts } = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** What is typed: the blocks of shell, with lines that were broken joined again. */
const commandsOf = (page: string): string =>
  [...page.matchAll(/^( *)```sh\n([^]*?)^\1```/gm)]
    .map(([, , block = '']) => block.replaceAll('\\\n', ' '))
    .join('\n');

describe('the how-to pages', () => {
  it.each(pages)('%s has every command in a block of shell, where this test sees it', (_file, page) => {
    const prose = page.replaceAll(/^( *)```\w*\n[^]*?^\1```/gm, '');
    expect(prose.match(/^ +(helm|kubectl|npm|npx|kind|aws|eksctl|docker) .+$/gm) ?? []).toEqual([]);
  });

  it.each(pages)('%s holds shell that parses', (_file, page) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: commandsOf(page), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it.each(pages)('%s lets nothing die by deleting it: who is told to stop says goodbye', (_file, page) => {
    expect(commandsOf(page)).not.toMatch(/delete pod.*--force/);
  });

  it.each(pages)('%s runs npm scripts that exist', (_file, page) => {
    for (const [, script] of commandsOf(page).matchAll(/npm run ([\w:-]+)/g))
      expect(scripts).toHaveProperty([script!]);
  });

  it.each(pages)('%s names files that exist', (_file, page) => {
    const named = commandsOf(page).matchAll(/(?<=\s)(?:charts|docs|infra|k8s|test|tools)\/[\w./$-]+/g);
    const paths = [...named].map(([path]) => path.replace('$STAGE', 'dev'));
    expect(paths.filter((path) => !existsSync(join(repositoryRoot(), path)))).toEqual([]);
  });

  it.each(pages)('%s links to files that exist', (_file, page) => {
    const links = [...page.matchAll(/\]\((\.{1,2}\/[^)#]+)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(DIRECTORY, path)))).toEqual([]);
  });

  it.each(pages)('%s sets values that the chart has', (_file, page) => {
    const paths = [...commandsOf(page).matchAll(/--set(?:-json)? '?([\w.]+)=/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !isValue(path.split('.')))).toEqual([]);
  });
});

const values: unknown = parse(readFileSync(join(repositoryRoot(), 'charts/latido/values.yaml'), 'utf8'));

/** What every component may have is said once, under defaults. */
function isValue([component = '', ...rest]: readonly string[]): boolean {
  return at(values, [component, ...rest]) !== undefined || at(values, ['defaults', ...rest]) !== undefined;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
