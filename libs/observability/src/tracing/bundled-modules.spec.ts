import { BUNDLED_MODULE_HOOK, instrumentedModules, patchBundledModules } from './bundled-modules';

describe('a module of a bundle', () => {
  const hook = (): ((...handed: readonly unknown[]) => unknown) =>
    Reflect.get(globalThis, Symbol.for(BUNDLED_MODULE_HOOK)) as ReturnType<typeof hook>;
  afterEach(() => Reflect.deleteProperty(globalThis, Symbol.for(BUNDLED_MODULE_HOOK)));

  const patching = (name: string, mark: string): object => ({
    init: () => ({ name, files: [], patch: (exports: unknown, version: string) => [mark, version, exports] }),
  });

  test('is patched by every instrumentation that names it', () => {
    patchBundledModules([patching('a', 'first'), patching('a', 'second'), patching('b', 'other')]);
    expect(hook()('a', '1.0.0', 'exports')).toEqual(['second', '1.0.0', ['first', '1.0.0', 'exports']]);
  });

  test('stays as it is when none does', () => {
    patchBundledModules([patching('a', 'first')]);
    expect(hook()('c', '1.0.0', 'exports')).toBe('exports');
  });
});

describe('instrumentedModules', () => {
  test('names what is patched of Nest, the AWS clients and pino, and nothing of Node itself', () => {
    const names = instrumentedModules();
    expect(names).toEqual(expect.arrayContaining(['@nestjs/core/nest-factory.js', 'pino']));
    expect(names).not.toContain('http');
  });
});
