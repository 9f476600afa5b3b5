import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';

const DIRECTORY = join(repositoryRoot(), 'docs/how-to');
const pages = readdirSync(DIRECTORY).map(
  (file) => [file, readFileSync(join(DIRECTORY, file), 'utf8')] as const,
);
const { scripts } = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** What is typed: the blocks of shell, with lines that were broken joined again. */
const commandsOf = (page: string): string =>
  [...page.matchAll(/^```sh\n([^]*?)^```/gm)]
    .map(([, block = '']) => block.replaceAll('\\\n', ' '))
    .join('\n');

describe('the how-to pages', () => {
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
});
