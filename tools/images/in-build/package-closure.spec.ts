import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Manifest, packageClosure } from './package-closure';

describe('packageClosure', () => {
  let root = '';
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'latido-closure-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  const install = (path: string, manifest: Partial<Manifest> = {}): void => {
    const directory = join(root, path);
    mkdirSync(directory, { recursive: true });
    const name = path.split('node_modules/').at(-1)!;
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  };
  const closureOf = (...names: readonly string[]): readonly string[] =>
    packageClosure(root, names).map(({ directory }) => relative(root, directory));

  test('follows dependencies, and takes the version that is installed nearest', () => {
    install('.');
    install('node_modules/a', { dependencies: { b: '2' } });
    install('node_modules/a/node_modules/b');
    install('node_modules/b');
    expect(closureOf('a')).toEqual(['node_modules/a', 'node_modules/a/node_modules/b']);
  });

  test('takes a peer that the root depends on for production, and leaves one that only developers have', () => {
    install('.', { dependencies: { a: '1', platform: '1' } });
    install('node_modules/a', { peerDependencies: { platform: '1', typescript: '6' } });
    install('node_modules/platform');
    install('node_modules/typescript');
    expect(closureOf('a')).toEqual(['node_modules/a', 'node_modules/platform']);
  });

  test('does without an optional dependency that is not installed, and without types', () => {
    install('.');
    install('node_modules/a', {
      optionalDependencies: { native: '1' },
      dependencies: { '@types/node': '24' },
    });
    expect(closureOf('a')).toEqual(['node_modules/a']);
  });

  test('knows which packages an ES module imports, through as many packages as it takes', () => {
    install('.');
    install('node_modules/cjs', { dependencies: { plain: '1', esm: '1' } });
    install('node_modules/esm', { type: 'module', dependencies: { twin: '1' } });
    install('node_modules/twin', { dependencies: { deep: '1' } });
    install('node_modules/deep');
    install('node_modules/plain');
    const imported = packageClosure(root, ['cjs']).filter((one) => one.imported);
    expect(imported.map(({ name }) => name)).toEqual(['deep', 'twin']);
  });

  test('refuses a dependency that is not installed, and says what to do', () => {
    install('.');
    install('node_modules/a', { dependencies: { missing: '1' } });
    expect(() => closureOf('a')).toThrow(/missing is not installed .*npm ci/);
  });
});
