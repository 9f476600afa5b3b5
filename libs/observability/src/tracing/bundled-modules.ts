import type { InstrumentationModuleDefinition } from '@opentelemetry/instrumentation';
import { isBuiltin } from 'node:module';

/** Symbol.for of this is where a bundle finds whom to hand over the modules that instrumentations patch. */
export const BUNDLED_MODULE_HOOK = 'latido.bundled-module';

/** Takes what a module exports, and gives what it exports instead. */
type BundledModuleHook = (name: string, version: string, exports: unknown) => unknown;

type Patch = (exports: unknown, version?: string) => unknown;

/** What each instrumentation says of itself; a method for its base class, of which nothing else gives the answer. */
interface Defined {
  init(): InstrumentationModuleDefinition | readonly InstrumentationModuleDefinition[] | void;
}

/**
 * Lets the instrumentations patch what is in a bundle. Without one nobody calls the hook, and they see each package as it is
 * required; what Node itself brings they see so in both.
 */
export function patchBundledModules(instrumentations: readonly object[]): void {
  const patches = patchesOf(instrumentations);
  const hook: BundledModuleHook = (name, version, exports) =>
    (patches.get(name) ?? []).reduce<unknown>((patched, patch) => patch(patched, version), exports);
  Reflect.set(globalThis, Symbol.for(BUNDLED_MODULE_HOOK), hook);
}

/** Names of the packages, and of single files of packages, that the instrumentations patch: `pino`, `@nestjs/core/nest-factory.js`. */
export function instrumentedModules(): readonly string[] {
  // require, not import: only who makes a bundle asks, and a start must not load them for nothing.
  const { instrumentations } = require('./instrumentations') as typeof import('./instrumentations');
  return [...patchesOf(instrumentations()).keys()];
}

function patchesOf(instrumentations: readonly object[]): ReadonlyMap<string, readonly Patch[]> {
  const patches = new Map<string, readonly Patch[]>();
  for (const instrumentation of instrumentations)
    for (const definition of [(instrumentation as Defined).init() ?? []].flat())
      for (const patched of [definition, ...definition.files])
        if (patched.patch !== undefined && !isBuiltin(patched.name))
          patches.set(patched.name, [...(patches.get(patched.name) ?? []), patchOf(patched)]);
  return patches;
}

function patchOf(patched: { patch?: Patch | undefined }): Patch {
  return (exports, version) => patched.patch?.(exports, version);
}
