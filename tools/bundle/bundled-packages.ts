import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageOf } from '../images/in-build/trace-sources';

/** A package of which a bundle has at least one file. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** From the root of the repository; one package may be there in several versions. */
  readonly directory: string;
}

const NODE_MODULES = 'node_modules/';

/** Of the packages a bundle was made with; stands beside it. */
export interface PackageList {
  /** In it. */
  readonly packages: readonly BundledPackage[];
  /** Names of those that it requires as it runs. */
  readonly outside: readonly string[];
}

/** @param inputs - of the bundle, from the root of the repository. */
export function bundledPackages(root: string, inputs: readonly string[]): readonly BundledPackage[] {
  const directories = new Set(inputs.filter((input) => input.includes(NODE_MODULES)).map(directoryOf));
  return [...directories].toSorted().map((directory) => {
    const manifest = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
    };
    return { name: manifest.name, version: manifest.version, directory };
  });
}

function directoryOf(input: string): string {
  const end = input.lastIndexOf(NODE_MODULES) + NODE_MODULES.length;
  return input.slice(0, end) + packageOf(input.slice(end));
}
