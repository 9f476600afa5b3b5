import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { RunningProcess } from '@latido/testing';
import { entrySource } from '../../tools/bundle/entry-source';

const BUNDLE = `
exports.answer = () => require('node:path').basename(__filename);
console.log(exports.answer(), typeof require('node:fs').readFileSync);
console.log('ends', require('node:os').EOL.length);
`;

describe('the entry of a bundle', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'latido-entry-'));
    write({ key: 'first', bundle: BUNDLE });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = ({ key, bundle }: { readonly key: string; readonly bundle: string }): void => {
    writeFileSync(join(directory, 'main.js'), entrySource(key));
    writeFileSync(join(directory, 'bundle.js'), bundle);
  };
  const cache = (): string => join(directory, 'cache/bundles', basename(directory));
  const run = async (env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
    const started = new RunningProcess({
      script: join(directory, 'main.js'),
      env: { NODE_COMPILE_CACHE: join(directory, 'cache'), ...env },
    });
    expect(await started.exited).toEqual({ code: 0, signal: null });
    return started.text;
  };

  test('runs it as a module, and keeps what was compiled for the next start', async () => {
    expect(await run()).toEqual(['bundle.js function', 'ends 1']);
    const [kept = ''] = readdirSync(cache());
    const made = statSync(join(cache(), kept)).mtimeMs;
    expect(await run()).toEqual(['bundle.js function', 'ends 1']);
    expect(statSync(join(cache(), kept)).mtimeMs).toBe(made);
  });

  test('never takes the code of another bundle, however alike they are, and keeps the newest only', async () => {
    await run();
    const former = readdirSync(cache());
    write({ key: 'second', bundle: BUNDLE.replace(`'ends'`, `'ENDS'`) });
    expect(await run()).toContain('ENDS 1');
    expect(readdirSync(cache())).toEqual([expect.stringMatching(/^second-/)]);
    expect(former).toEqual([expect.stringMatching(/^first-/)]);
  });

  test('makes the cache again when it is no cache of this Node', async () => {
    await run();
    const [kept = ''] = readdirSync(cache());
    writeFileSync(join(cache(), kept), 'nonsense');
    expect(await run()).toContain('ends 1');
    expect(readFileSync(join(cache(), kept)).byteLength).toBeGreaterThan('nonsense'.length);
  });

  test('runs without a place to write', async () => {
    writeFileSync(join(directory, 'file'), '');
    expect(await run({ NODE_COMPILE_CACHE: join(directory, 'file') })).toContain('ends 1');
  });

  test('runs where stack traces are to name sources', async () => {
    expect(await run({ NODE_OPTIONS: '--enable-source-maps' })).toContain('ends 1');
  });
});
