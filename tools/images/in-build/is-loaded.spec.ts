import { isLoaded } from './is-loaded';

const required = { main: 'dist-cjs/index.js', imported: false, platform: 'linux-x64' };

describe('isLoaded', () => {
  test.each([
    'dist-cjs/index.js',
    'package.json',
    'lib/data.json',
    'build/binding.node',
    'lib/test/check.js',
    'prebuilds/linux-x64/binding.node',
  ])('ships %s', (path) => {
    expect(isLoaded(path, required)).toBe(true);
  });

  test.each([
    'dist-types/index.d.ts',
    'dist-cjs/index.js.map',
    'README.md',
    'test/all.js',
    'src/__tests__/one.js',
    'dist-es/index.js',
    'dist/index.mjs',
    'swagger-ui-es-bundle.js',
    'prebuilds/darwin-arm64/binding.node',
    '.github/workflows/ci.json',
  ])('leaves out %s', (path) => {
    expect(isLoaded(path, required)).toBe(false);
  });

  test.each(['LICENSE', 'LICENSE.md', 'dist/bundle.js.LICENSE.txt', 'NOTICE'])(
    'ships the licence in %s',
    (path) => {
      expect(isLoaded(path, required)).toBe(true);
    },
  );

  test('ships ES modules of a package that an ES module imports', () => {
    expect(isLoaded('dist-es/index.js', { ...required, imported: true })).toBe(true);
  });

  test('ships ES modules of a package that has nothing else', () => {
    expect(isLoaded('dist/index.mjs', { ...required, main: 'dist/index.mjs' })).toBe(true);
  });
});
