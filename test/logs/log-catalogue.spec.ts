import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logCatalogue } from '@latido/observability';
import { repositoryRoot } from '@latido/testing';

/** `event: 'a'`, and `event: condition ? 'a' : 'b'`. */
const NAMED = /\bevent: (?:[\w.]+ \? )?'([a-z_]+)'(?: : '([a-z_]+)')?/g;
/** The detector's states and facts, which are named when they happen. */
const OF_INSTANCES = /^instance_/;
/** A stream of Node, not a line of a log. */
const NO_LINE = new Set(['close']);

function written(): readonly string[] {
  const sources = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(repositoryRoot(), folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/spec\.ts$|\/testing\/|node_modules/.test(path))
      .map((path) => readFileSync(join(repositoryRoot(), folder, path), 'utf8')),
  );
  const names = sources.flatMap((source) =>
    [...source.matchAll(NAMED)].flatMap(([, one, other]) => [one, other]),
  );
  return [...new Set(names)].filter((name) => name !== undefined && !NO_LINE.has(name)) as string[];
}

describe('the catalogue of log events', () => {
  it('has every event that the code writes', () => {
    expect(written().filter((name) => !(name in logCatalogue))).toEqual([]);
  });

  it('has no event that the code does not write', () => {
    const names = new Set(written());
    const unwritten = Object.keys(logCatalogue).filter(
      (name) => !names.has(name) && !OF_INSTANCES.test(name),
    );
    expect(unwritten).toEqual([]);
  });
});
