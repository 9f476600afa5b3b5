/**
 * What producer and consumer agreed on for one type of event, in one version: a JSON Schema of its data.
 *
 * A version never changes once it was published; a change of meaning or shape is the next version.
 */
export interface Contract {
  /** Without version, e.g. `latido.state.changed`. */
  readonly name: string;
  /** 1, 2, 3, ... */
  readonly version: number;
  /** JSON Schema, draft 2020-12. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** `type` attribute of the events under a contract, e.g. `latido.state.changed.v1`. */
export function eventTypeOf(contract: Pick<Contract, 'name' | 'version'>): string {
  return `${contract.name}.v${contract.version}`;
}

/** `dataschema` attribute of the events under a contract, e.g. `urn:latido:contract:latido.state.changed:1`. */
export function dataschemaOf(contract: Pick<Contract, 'name' | 'version'>): string {
  return `${URN_PREFIX}${contract.name}:${contract.version}`;
}

/** Name and version that a `type` and a `dataschema` speak of; `undefined` when they contradict each other. */
export function contractNamedBy(event: {
  readonly type: string;
  readonly dataschema?: string;
}): { readonly name: string; readonly version: string | undefined } | undefined {
  const [, name = event.type, versionOfType] = /^(.+)\.v(\d+)$/.exec(event.type) ?? [];
  if (!event.dataschema?.startsWith(URN_PREFIX)) return { name, version: versionOfType };
  const [nameOfSchema, versionOfSchema] = event.dataschema.slice(URN_PREFIX.length).split(':');
  const agree = nameOfSchema === name && (versionOfType === undefined || versionOfType === versionOfSchema);
  return agree ? { name, version: versionOfSchema } : undefined;
}

const URN_PREFIX = 'urn:latido:contract:';
