import type { KubeObject } from './render';

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
}
interface Port {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}
interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly { readonly from: readonly Peer[]; readonly ports: readonly Port[] }[];
  readonly egress?: readonly { readonly to: readonly Peer[]; readonly ports: readonly Port[] }[];
}

/** Somebody at the end of a connection: a pod with its namespace, or an address. */
export type Party =
  | {
      readonly labels: Readonly<Record<string, string>>;
      readonly namespace: string;
    }
  | { readonly address: string };

/**
 * Whether the policies let `from` open a TCP connection to `to`, as Kubernetes defines them: who is selected by some policy
 * of a direction may only what one of these policies allows; both ends must agree.
 */
export function mayConnect(
  objects: readonly KubeObject[],
  {
    from,
    to,
    port,
    release,
  }: { readonly from: Party; readonly to: Party; readonly port: number; readonly release: string },
): boolean {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => spec as PolicySpec);
  const selecting = (party: Party, type: string): readonly PolicySpec[] =>
    'address' in party || party.namespace !== release
      ? []
      : policies.filter(
          ({ podSelector, policyTypes }) => policyTypes.includes(type) && matches(podSelector, party.labels),
        );
  const allowed = (party: Party, other: Party, type: 'Ingress' | 'Egress'): boolean => {
    const selected = selecting(party, type);
    if (selected.length === 0) return true;
    return selected.some((policy) =>
      rulesOf(policy, type).some(
        ({ peers, ports }) =>
          ports.some((one) => one.port === port && one.protocol === 'TCP') &&
          peers.some((peer) => isPeer(peer, other, release)),
      ),
    );
  };
  return allowed(from, to, 'Egress') && allowed(to, from, 'Ingress');
}

function rulesOf(policy: PolicySpec, type: 'Ingress' | 'Egress') {
  return type === 'Ingress'
    ? (policy.ingress ?? []).map(({ from: peers, ports }) => ({ peers, ports }))
    : (policy.egress ?? []).map(({ to: peers, ports }) => ({ peers, ports }));
}

function isPeer(peer: Peer, party: Party, release: string): boolean {
  if ('address' in party) return peer.ipBlock !== undefined && covers(peer.ipBlock, party.address);
  if (peer.ipBlock) return false;
  const inNamespace = peer.namespaceSelector
    ? matches(peer.namespaceSelector, { 'kubernetes.io/metadata.name': party.namespace })
    : party.namespace === release;
  return inNamespace && (peer.podSelector === undefined || matches(peer.podSelector, party.labels));
}

function matches({ matchLabels }: Selector, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function covers({ cidr, except = [] }: NonNullable<Peer['ipBlock']>, address: string): boolean {
  return isInside(address, cidr) && !except.some((hole) => isInside(address, hole));
}

function isInside(address: string, cidr: string): boolean {
  const [base = '', bits = '0'] = cidr.split('/');
  if (base.includes(':')) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(asNumber(address) / size) === Math.floor(asNumber(base) / size);
}

function asNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
