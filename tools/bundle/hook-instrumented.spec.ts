import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { BUNDLED_MODULE_HOOK } from '@latido/observability/tracing';
import { handOver, hookNameOf } from './hook-instrumented';

type Run = (global: object, module: { exports: unknown }) => void;

const names = new Set(['pino', '@nestjs/core/nest-factory.js']);
const pino = createRequire(__filename).resolve('pino');

describe('hookNameOf', () => {
  test('knows a single file by its path below node_modules', () => {
    const path = createRequire(__filename).resolve('@nestjs/core/nest-factory.js');
    expect(hookNameOf(path, names)).toBe('@nestjs/core/nest-factory.js');
  });

  test('knows a package by the file that a require of it takes, and by no other', () => {
    expect(hookNameOf(pino, names)).toBe('pino');
    expect(hookNameOf(join(dirname(pino), 'lib/levels.js'), names)).toBeUndefined();
  });
});

describe('handOver', () => {
  const load = (): unknown => {
    const module = { exports: 'as it is' };
    const run = runInThisContext(`(globalThis, module) => {${handOver('pino', '10.4.0')}}`) as Run;
    run(globalThis, module);
    return module.exports;
  };
  afterEach(() => Reflect.deleteProperty(globalThis, Symbol.for(BUNDLED_MODULE_HOOK)));

  test('leaves a module as it is when nothing traces', () => {
    expect(load()).toBe('as it is');
  });

  test('lets whoever traces replace what a module exports', () => {
    Reflect.set(globalThis, Symbol.for(BUNDLED_MODULE_HOOK), (...handed: readonly unknown[]) => handed);
    expect(load()).toEqual(['pino', '10.4.0', 'as it is']);
  });
});
