/** What is used of a bill of materials in CycloneDX 1.5. */
export interface CycloneDx {
  readonly serialNumber?: string;
  readonly metadata: {
    readonly timestamp?: string;
    readonly component: { readonly 'bom-ref': string; readonly [key: string]: unknown };
    readonly [key: string]: unknown;
  };
  readonly components: readonly { readonly 'bom-ref': string; readonly [key: string]: unknown }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly [key: string]: unknown;
}

/**
 * The part of the repository's bill of materials that is in one image: the same packages, hashes and licences, without
 * what was left out. It carries no time and no random number, so that the same sources make the same image.
 */
export function partOf(
  all: CycloneDx,
  image: {
    readonly app: string;
    readonly packages: readonly { readonly name: string; readonly version: string }[];
  },
): CycloneDx {
  const { serialNumber: _random, metadata, ...rest } = all;
  const { timestamp: _time, component, ...made } = metadata;
  const refs = new Set(image.packages.map(({ name, version }) => `${name}@${version}`));
  const known = (ref: string): boolean => refs.has(ref);
  return {
    ...rest,
    metadata: { ...made, component: { ...component, name: `latido/${image.app}`, type: 'application' } },
    components: all.components.filter((one) => known(one['bom-ref'])),
    dependencies: all.dependencies
      .filter(({ ref }) => known(ref) || ref === component['bom-ref'])
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(known) })),
  };
}
