import { chooseContext } from './choose-context';
import { clusterCommands } from './cluster-commands';
import { parseClusterTestCommand } from './command-line';
import { namespacesOfAll, PARTS, type Part, runInLanes } from './parts';
import { requirePossible } from './require-possible';
import { checksOf, closingLine, table } from './report';

describe('chooseContext', () => {
  const names = ['kind-latido', 'production'];

  test('takes a current context of kind', () => {
    expect(chooseContext({ names, current: 'kind-latido' }, undefined)).toBe('kind-latido');
  });

  test('refuses any other current context, and says how to mean it', () => {
    expect(() => chooseContext({ names, current: 'production' }, undefined)).toThrow('--context production');
  });

  test('takes another that is named, and lists what there is when it does not exist', () => {
    expect(chooseContext({ names, current: 'kind-latido' }, 'production')).toBe('production');
    expect(() => chooseContext({ names }, 'staging')).toThrow('kind-latido, production');
  });

  test('says how to get a cluster when there is none', () => {
    expect(() => chooseContext({ names: [] }, undefined)).toThrow('npm run kind:up');
  });
});

describe('parseClusterTestCommand', () => {
  test('runs everything and disrupts nothing when nothing is said', () => {
    expect(parseClusterTestCommand([])).toEqual({
      outcome: 'run',
      options: { parts: PARTS, disrupt: false, build: true, keep: false, again: false, record: false },
    });
  });

  test('runs named parts in their own order', () => {
    const command = parseClusterTestCommand(['--only', 'ledger', '--only', 'install']);
    expect(command).toMatchObject({ options: { parts: [{ name: 'install' }, { name: 'ledger' }] } });
  });

  test('names the parts there are when one is unknown', () => {
    expect(parseClusterTestCommand(['--only', 'everything'])).toMatchObject({
      outcome: 'invalid',
      problem: expect.stringContaining('install, ledger'),
    });
  });
});

describe('runInLanes', () => {
  const part = (name: string, stage: number, lane: Part['lane']): Part => ({ name, about: '', stage, lane });
  const parts = [part('first', 1, 1), part('slow', 2, 1), part('after slow', 2, 1), part('beside', 2, 2)];

  test('runs lanes of a stage beside each other, and what they gave comes in the order of the parts', async () => {
    const story: string[] = [];
    const done = await runInLanes([...parts, part('last', 3, 1)], async ({ name }) => {
      story.push(`${name} starts`);
      await new Promise(setImmediate);
      story.push(`${name} ends`);
      return name;
    });
    expect(done).toEqual(['first', 'slow', 'after slow', 'beside', 'last']);
    expect(story.slice(0, 4)).toEqual(['first starts', 'first ends', 'slow starts', 'beside starts']);
    expect(story.indexOf('after slow starts')).toBeGreaterThan(story.indexOf('slow ends'));
    expect(story.slice(-2)).toEqual(['last starts', 'last ends']);
  });

  test('lets the other lanes end before it fails', async () => {
    const ended: string[] = [];
    const run = runInLanes(parts, async ({ name }) => {
      if (name === 'slow') throw new Error('no disk');
      await new Promise(setImmediate);
      ended.push(name);
    });
    await expect(run).rejects.toThrow('no disk');
    expect(ended).toEqual(['first', 'beside']);
  });

  test('gives each lane namespaces of its own', () => {
    expect(namespacesOfAll(parts)).toEqual([
      'latido-k8s-test-1',
      'latido-k8s-test-1-other',
      'latido-k8s-test-2',
      'latido-k8s-test-2-other',
    ]);
  });
});

describe('clusterCommands', () => {
  test('handles the nodes of the kind cluster of the context', () => {
    const commands = clusterCommands({}, 'kind-latido');
    expect(commands.load).toBe('kind load docker-image --name latido');
    expect(commands.kill).toContain('kill kind-latido');
  });

  test('is told otherwise by the environment', () => {
    expect(clusterCommands({ K8S_FAIL: 'power off' }, 'kind-lab')).toMatchObject({ fail: 'power off' });
  });

  test('knows only what it is told for a cluster that is not one of kind', () => {
    expect(clusterCommands({ K8S_FAIL: 'power off', K8S_KILL: '' }, 'lab')).toEqual({ fail: 'power off' });
  });
});

describe('requirePossible', () => {
  const commands = { load: 'load' };

  test('refuses to disrupt a cluster with a single node that takes pods', () => {
    const only = { workers: ['one'] };
    expect(() => requirePossible({ build: false, disrupt: true }, {}, only)).toThrow('leave --disrupt out');
    requirePossible({ build: true, disrupt: false }, commands, only);
    requirePossible({ build: true, disrupt: true }, commands, { workers: ['one', 'two'] });
  });

  test('refuses to build images that it cannot load, and says how to go on', () => {
    const facts = { workers: ['one', 'two'] };
    expect(() => requirePossible({ build: true, disrupt: false }, {}, facts)).toThrow(/K8S_LOAD.*--no-build/);
    requirePossible({ build: false, disrupt: false }, {}, facts);
  });
});

describe('the report', () => {
  const checks = checksOf('ledger', {
    testResults: [
      {
        message: '',
        assertionResults: [
          { title: 'is exact', ancestorTitles: ['ledger'], status: 'passed', duration: 61_234 },
          {
            title: 'is killed',
            ancestorTitles: ['ledger', 'not run: K8S_KILL is not set'],
            status: 'pending',
          },
          { title: 'scales', ancestorTitles: ['ledger'], status: 'pending' },
        ],
      },
      { message: 'Cannot find module\nat ...', assertionResults: [] },
    ],
  });

  test('says what passed, failed and was not run', () => {
    expect(table(checks).split('\n')).toEqual([
      '| part   | check                             | outcome                      | took   |',
      '| ------ | --------------------------------- | ---------------------------- | ------ |',
      '| ledger | is exact                          | passed                       | 61.2 s |',
      '| ledger | is killed                         | not run: K8S_KILL is not set |        |',
      '| ledger | scales                            | not run                      |        |',
      '| ledger | could not run: Cannot find module | failed                       | 0.0 s  |',
    ]);
  });

  test('closes with the counts', () => {
    expect(closingLine(checks)).toBe('1 passed, 1 failed, 2 not run');
  });
});
