/** What only the account knows: given to every command by `-c name=value`, or in cdk.context.json. */
export interface InfraContext {
  /** Namespace of the Helm release. */
  readonly namespace: string;
  /** Name of the Helm release; service accounts are called `<release>-<service>`. */
  readonly release: string;
  /** EKS cluster whose pods get their roles by Pod Identity; absent: roles are made, associations are not, and those there are go. */
  readonly clusterName?: string;
  /** Issuer of the cluster without `https://`; where given, roles are for IRSA instead of Pod Identity. */
  readonly oidcIssuer?: string;
  /** Where alarms and the budget report to; absent: to the topic alone. */
  readonly alarmEmail?: string;
  /** `owner/name`; where given, its release workflow may push images. */
  readonly githubRepository?: string;
}

const DEFAULTS = { namespace: 'latido', release: 'latido' };

const SHAPES: Readonly<Record<keyof InfraContext, RegExp>> = {
  namespace: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  release: /^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$/,
  clusterName: /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
  oidcIssuer: /^[a-z0-9.-]+(\/[A-Za-z0-9/_.-]+)?$/,
  alarmEmail: /^[^@\s]+@[^@\s]+$/,
  githubRepository: /^[\w.-]+\/[\w.-]+$/,
};

/** Reads and checks it. @throws Error that names every value that cannot be used. */
export function readContext(valueOf: (name: string) => unknown): InfraContext {
  const given = Object.keys(SHAPES).flatMap((name) => {
    const value = valueOf(name);
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  const wrong = given.filter(([name, value]) => !SHAPES[name as keyof InfraContext].test(value));
  if (wrong.length > 0)
    throw new Error(
      wrong.map(([name, value]) => `-c ${name}="${value}" cannot be used; see infra/README.md`).join('\n'),
    );
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}
