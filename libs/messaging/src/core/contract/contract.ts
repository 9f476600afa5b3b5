/**
 * What producer and consumer agreed on for one type of event, in one version: a JSON Schema of its data.
 *
 * A version never changes once it was published; a change of meaning or shape is the next version.
 */
export interface Contract {
  /** Name and version, e.g. `latido.state.changed.v1`: the `type` of its events. */
  readonly type: string;
  /** The version alone, as in `type`: `1`, `2`, `3`, ... */
  readonly version: string;
  /** JSON Schema, draft 2020-12. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** `dataschema` of the events under a contract, e.g. `urn:latido:contract:latido.state.changed:1`. */
export function dataschemaOf(contract: Pick<Contract, 'type' | 'version'>): string {
  return `${URN_PREFIX}${splitType(contract.type).name}:${contract.version}`;
}

/** Name and version that a `type` and a `dataschema` speak of; `undefined` when they contradict each other. */
export function contractNamedBy(event: {
  readonly type: string;
  readonly dataschema?: string;
}): ContractName | undefined {
  const ofType = splitType(event.type);
  if (!event.dataschema?.startsWith(URN_PREFIX)) return ofType;
  const [name = '', version] = event.dataschema.slice(URN_PREFIX.length).split(':');
  const agree = name === ofType.name && (ofType.version === undefined || ofType.version === version);
  return agree ? { name, version } : undefined;
}

interface ContractName {
  readonly name: string;
  readonly version: string | undefined;
}

function splitType(type: string): ContractName {
  const [, name = type, version] = /^(.+)\.v(\d+)$/.exec(type) ?? [];
  return { name, version };
}

const URN_PREFIX = 'urn:latido:contract:';
